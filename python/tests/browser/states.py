# SPDX-License-Identifier: MIT
"""Examples of GET /status, one for each look of the element. The tests set them, since they cannot
be held still on a running application."""

from typing import Any

Status = dict[str, Any]

NOTES = [
    {
        "version": "1.1.0",
        "text": "## New\n\n- Berths can be reserved for **several nights**.\n"
        "- The list of arrivals has a filter: `ship:`, `from:`.\n\n"
        "## Fixed\n\n- Times are shown in the time zone of the harbour "
        "([#41](https://git.example.org/harbour/app/issues/41)).\n",
    },
    {"version": "1.0.1", "text": "- Tariffs with a comma are read correctly.\n"},
]
UPDATE = {
    "version": "1.1.0",
    "tag": "v1.1.0",
    "summary": "Reservations for several nights, and a faster list of arrivals.",
    "critical": False,
    "size": 48_211_021,
    "page": "https://git.example.org/harbour/app/releases/tag/v1.1.0",
    "notes": NOTES,
}
SETTINGS = {
    "enabled": True,
    "check_interval_hours": 24,
    "auto": "notify",
    "include_prerelease": False,
}


def status(state: str = "idle", **members: Any) -> Status:
    """A status of version 1.0.0, as an administrator sees it."""
    return {
        "state": state,
        "reason": None,
        "app": "harbour",
        "current": "1.0.0",
        "install_type": "portable",
        "channel": "stable",
        "can_auto_update": True,
        "can_check": True,
        "is_admin": True,
        "update": None,
        "progress": None,
        "last_check": "2026-12-01T11:55:00Z",
        "error": None,
        "last_result": None,
        "failed": [],
        "previous": None,
        "dismissed": None,
        "settings": SETTINGS,
        "run": "run-1",
        **members,
    }


def update(**members: Any) -> Status:
    return {**UPDATE, **members}


def reason(code: str, message: str, instructions: str = "", **members: Any) -> Status:
    why = {"code": code, "message": message, "instructions": instructions}
    return {"reason": why, "can_auto_update": False, **members}


def result(kind: str, version: str, other: str, message: str = "") -> Status:
    return {"kind": kind, "version": version, "from": other, "message": message}


PULL = "docker pull git.example.org/harbour/app:1.1.0\ndocker compose up -d"
LAUNCHER_PAGE = "Unpack the archive of a release and start ./harbour in it."

# name: status. What the overlay shows follows from a sequence; see test_states.py.
STATES: dict[str, Status] = {
    "idle": status(),
    "idle-never-checked": status(last_check=None),
    "idle-after-update": status(
        current="1.1.0", previous="1.0.0", last_result=result("updated", "1.1.0", "1.0.0")
    ),
    "idle-after-return": status(
        current="1.1.0",
        previous="1.0.0",
        failed=["1.2.0"],
        last_result=result("returned", "1.1.0", "1.2.0", "1.2.0 did not work; 1.1.0 is back"),
    ),
    "checking": status("checking"),
    "available": status("update_available", update=update()),
    "available-critical": status("update_available", update=update(critical=True)),
    "available-no-rights": status(
        "update_available", update=update(), is_admin=False, can_auto_update=True
    ),
    "available-skipped": status("update_available", update=update(), dismissed="1.1.0"),
    "available-container": status(
        "update_available",
        update=update(),
        install_type="docker",
        **reason("container", "It runs in a container.", PULL),
    ),
    "downloading": status(
        "downloading", update=update(), progress={"done": 12_400_000, "total": 48_211_021}
    ),
    "ready": status("ready", update=update()),
    "error-check": status(
        "error", error={"status": 1, "message": "git.example.org: no answer after 30 s"}
    ),
    "error-update": status(
        "error",
        update=update(),
        error={"status": 31, "message": "48.2 MB are needed, 12.1 MB are free"},
    ),
    "disabled-development": status(
        "disabled",
        install_type="development",
        can_check=False,
        last_check=None,
        **reason("development", "It was not started by a launcher.", LAUNCHER_PAGE),
    ),
}
