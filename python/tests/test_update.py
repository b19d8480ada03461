# SPDX-License-Identifier: MIT
"""The whole way of an update through the API, with the real launcher and a server."""

from __future__ import annotations

from typing import Any

from events import events
from installed import Installed, becomes
from sandbox import Project


def settled(status: dict[str, Any]) -> tuple[str, str, str]:
    last = status["last_result"]
    return (last["kind"], last["version"], last["from"])


def test_an_update_is_found_and_downloaded_and_the_new_version_runs(
    project: Project, app: Installed
) -> None:
    app.start()
    before = app.status()
    assert (before["state"], before["current"], before["update"]) == ("idle", "1.0.0", None)
    project.publish("1.1.0", notes="Everything is faster.", summary="Faster", more_bytes=20_000_000)

    with events(app) as following:
        assert app.post("/check").json()["state"] == "checking"
        assert following.until("update_available")["update"]["version"] == "1.1.0"
    found = app.is_in("update_available")
    size = found["update"].pop("size")
    assert size == project.archive("1.1.0").stat().st_size
    assert found["update"] == {
        "version": "1.1.0",
        "tag": "v1.1.0",
        "summary": "Faster",
        "critical": False,
        "page": f"{project.sandbox.url}/{project.repository}/releases/tag/v1.1.0",
        "notes": [{"version": "1.1.0", "text": "Everything is faster."}],
    }
    assert found["last_check"].endswith("Z")

    with events(app) as following:
        project.sandbox.fault(kind="cut", path="tar.gz", within="body", ms=1500)
        assert app.post("/download").json()["state"] == "downloading"
        half = following.until("update_download_progress")
        assert 0 < half["done"] < half["total"]
        assert app.is_in("ready", "error")["state"] == "ready"  # it went on

        applied = app.post("/apply")
        assert (applied.status_code, applied.json()["state"]) == (202, "restarting")
        assert following.until("server_restarting")["version"] == "1.1.0"
        assert following.ends_with() == 1012  # "service restart"
    becomes(lambda: app.runs("1.1.0"))
    after = app.is_in("idle")
    assert after["current"] == "1.1.0"
    assert after["previous"] == "1.0.0"
    assert settled(after) == ("updated", "1.1.0", "1.0.0")
    assert after["run"] != before["run"]
    assert (app.data / "app.db").read_text() == "precious"


def test_a_version_that_does_not_start_comes_back_with_its_data(
    project: Project, app: Installed
) -> None:
    app.start()
    project.publish("1.1.0", first="echo spoilt >../data/app.db; exit 3")
    app.post("/check")
    app.is_in("update_available")
    assert app.post("/apply").json()["state"] == "downloading"

    becomes(lambda: app.launcher_status()["outcome"] != "", "an outcome")
    app.becomes_reachable()
    after = app.status()
    assert (after["state"], after["current"], after["update"]) == ("idle", "1.0.0", None)
    assert settled(after) == ("returned", "1.0.0", "1.1.0")
    assert (app.data / "app.db").read_text() == "precious"
    assert app.post("/apply").status_code == 409


def test_a_version_that_has_failed_is_tried_again_only_if_the_user_says_so(
    project: Project, app: Installed
) -> None:
    app.start()
    project.publish("1.1.0", first="[ -e ../data/repaired ] || exit 3")
    app.post("/check")
    app.is_in("update_available")
    app.post("/apply")
    becomes(lambda: app.launcher_status()["outcome"] != "", "an outcome")
    app.becomes_reachable()
    assert app.status()["failed"] == ["1.1.0"]

    (app.data / "repaired").touch()
    for path in ("/download", "/apply"):
        refused = app.post(path, {"version": "1.1.0"})
        assert (refused.status_code, "1.1.0" in refused.json()["detail"]) == (409, True)
    begun = app.post("/apply", {"version": "1.1.0", "retry": True}).json()
    assert (begun["state"], begun["update"]["version"]) == ("downloading", "1.1.0")
    becomes(lambda: app.runs("1.1.0"))
    after = app.is_in("idle")
    assert settled(after) == ("updated", "1.1.0", "1.0.0")
    assert after["failed"] == []


def test_a_rollback_returns_to_the_previous_version(project: Project, app: Installed) -> None:
    project.publish("1.1.0")
    assert app.command("update")["status"] == 0
    app.start()
    becomes(lambda: app.launcher_status()["phase"] == "idle")
    (app.data / "app.db").write_text("newer")

    undecided = app.post("/rollback")
    assert undecided.status_code == 409
    assert "may have changed the data" in undecided.json()["detail"]
    assert app.status()["state"] == "idle"

    assert app.post("/rollback", {"data": "with"}).status_code == 202
    becomes(lambda: app.runs("1.0.0"))
    assert (app.data / "app.db").read_text() == "precious"
    after = app.status()
    assert after["current"] == "1.0.0"
    assert settled(after) == ("rolled_back", "1.0.0", "1.1.0")


def test_a_failed_check_is_told_and_the_next_one_forgets_it(
    project: Project, app: Installed
) -> None:
    app.start(TEST_DEBOUNCE="0")
    project.sandbox.fault(kind="status", path=project.repository, status=404, times=-1)
    app.post("/check")
    failed = app.is_in("error")
    assert failed["error"]["status"] == 1
    assert failed["error"]["message"]

    project.sandbox.without_faults()
    app.post("/check")
    assert app.is_in("idle")["error"] is None
