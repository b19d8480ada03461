# SPDX-License-Identifier: MIT
"""What an application says about its updates, made from what is known."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from .launcher_status import LastResult, LauncherStatus, Update
from .limits import InstallType, Limits, Reason
from .settings import Auto, StoredSettings
from .shared_state import Failure, OperationKind, Shared

State = Literal[
    "disabled",
    "idle",
    "checking",
    "update_available",
    "downloading",
    "ready",
    "applying",
    "restarting",
    "error",
]

STATE_OF: Final[dict[OperationKind, State]] = {
    "check": "checking",
    "download": "downloading",
    "apply": "applying",
    "restart": "restarting",
}


@dataclass(frozen=True)
class Progress:
    """Bytes of a download."""

    done: int
    total: int


@dataclass(frozen=True)
class Settings:
    enabled: bool
    check_interval_hours: float
    auto: Auto
    include_prerelease: bool
    """Follows from the channel in updater/config.json, which the application does not change."""


@dataclass(frozen=True)
class Status:
    state: State
    reason: Reason | None
    app: str
    current: str
    install_type: InstallType
    channel: str
    can_auto_update: bool
    can_check: bool
    is_admin: bool
    update: Update | None
    progress: Progress | None
    last_check: str | None
    error: Failure | None
    last_result: LastResult | None
    failed: list[str]
    previous: str | None
    dismissed: str | None
    settings: Settings
    run: str | None

    def json(self) -> dict[str, Any]:
        """As the API sends it."""
        content = asdict(self)
        if content["last_result"] is not None:
            content["last_result"]["from"] = content["last_result"].pop("from_version")
        return content


def settings_of(stored: StoredSettings, channel: str) -> Settings:
    return Settings(
        stored.enabled, stored.check_interval_hours, stored.auto, channel not in ("", "stable")
    )


def status_of(
    launcher: LauncherStatus,
    limits: Limits,
    shared: Shared,
    stored: StoredSettings,
    *,
    app: str,
    version: str,
    run: str,
) -> Status:
    """Every worker makes the same of the same files."""
    current = launcher.version or version
    update = offered(launcher, current) or in_download(shared)
    state = state_of(launcher, limits, shared, update)
    downloading = state == "downloading" and launcher.total > 0
    return Status(
        state=state,
        reason=limits.reason,
        app=launcher.app or app,
        current=current,
        install_type=limits.install_type,
        channel=launcher.channel or "stable",
        can_auto_update=limits.can_auto_update,
        can_check=limits.can_check,
        is_admin=False,
        update=update,
        progress=Progress(launcher.done, launcher.total) if downloading else None,
        last_check=launcher.checked or None,
        error=shared.failure,
        last_result=launcher.settled,
        failed=list(launcher.failed),
        previous=launcher.previous or None,
        dismissed=stored.dismissed or None,
        settings=settings_of(stored, launcher.channel),
        run=run or None,
    )


def offered(launcher: LauncherStatus, current: str) -> Update | None:
    """The release that a check found, or the version that was downloaded earlier."""
    unwanted = {current, *launcher.failed, *launcher.skipped}
    if launcher.update is not None and launcher.update.version not in unwanted:
        return launcher.update
    if launcher.ready and launcher.ready not in unwanted:
        return Update(launcher.ready)
    return None


def in_download(shared: Shared) -> Update | None:
    """A version that was asked for by its name."""
    operation = shared.operation
    if operation is None or operation.kind != "download" or not operation.version:
        return None
    return Update(operation.version)


def state_of(
    launcher: LauncherStatus, limits: Limits, shared: Shared, update: Update | None
) -> State:
    if not limits.can_check:
        return "disabled"
    # A version on trial may still be taken back: whoever waits for the update has to wait for that.
    if launcher.phase in ("flip", "trial", "back") or launcher.state == "swapping":
        return "restarting"
    if shared.operation is not None:
        return STATE_OF[shared.operation.kind]
    if shared.failure is not None:
        return "error"
    if update is not None:
        return "ready" if update.version == launcher.ready else "update_available"
    return "idle"
