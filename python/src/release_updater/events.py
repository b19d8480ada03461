# SPDX-License-Identifier: MIT
"""What changes, as messages for a page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import asdict, replace
from typing import Any, Final

from .service import UpdateService
from .status import Status

BETWEEN_MESSAGES: Final = 0.25  # seconds, at least


async def events(
    service: UpdateService, *, is_admin: bool = False
) -> AsyncIterator[dict[str, Any]]:
    """The status, then each change of it, as `update_state`; with it `update_available`,
    `update_download_progress` and `server_restarting`, after which it ends."""
    before: Status | None = None
    while True:
        status = replace(await service.status(), is_admin=is_admin)
        if status != before:
            for message in messages(before, status):
                yield message
            # A version on trial is a restart, too, but it goes on running.
            if status.state == "restarting" and (version := service.restarts_with()):
                yield {"type": "server_restarting", "version": version}
                return
            before = status
        await asyncio.sleep(BETWEEN_MESSAGES)


def messages(before: Status | None, status: Status) -> list[dict[str, Any]]:
    all_of: list[dict[str, Any]] = [{"type": "update_state", "status": status.json()}]
    update = status.update
    if update and (
        before is None or before.update is None or before.update.version != update.version
    ):
        all_of.append({"type": "update_available", "update": asdict(update)})
    if status.progress and (before is None or before.progress != status.progress):
        all_of.append({"type": "update_download_progress", **asdict(status.progress)})
    return all_of
