# SPDX-License-Identifier: MIT
"""What happens without being asked: the confirmation after the start, and the checks."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import time
from typing import TYPE_CHECKING, Final

from .errors import UpdateError
from .file_lock import FileLock

if TYPE_CHECKING:
    from .service import UpdateService

BETWEEN_TRIES: Final = 5.0  # seconds; the worker that had the lock may have ended
BETWEEN_LOOKS: Final = 30.0  # seconds; the settings may have changed
SERVES_AFTER: Final = 1.0  # seconds from the lifespan's start, in which servers begin to listen
JITTER: Final = 0.1  # of the interval, so that installations do not ask at the same time
HOUR: Final = 3600.0

log = logging.getLogger("release_updater")


class Schedule:
    """Runs in the worker that holds the lock."""

    def __init__(
        self, service: UpdateService, lock: FileLock, start_delay: float, confirm: bool
    ) -> None:
        self._service = service
        self._lock = lock
        self._start_delay = start_delay
        self._confirm = confirm
        self._jitter = random.uniform(1 - JITTER, 1 + JITTER)
        self._has_looked = False
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Schedule:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        self._lock.release()

    async def _run(self) -> None:
        while not self._lock.try_acquire():
            await asyncio.sleep(BETWEEN_TRIES)
        await asyncio.sleep(SERVES_AFTER)
        if self._confirm:
            await self._confirm_health()
        await asyncio.sleep(max(self._start_delay - SERVES_AFTER, 0))
        while True:
            try:
                if await self._is_due():
                    await self._look()
            except UpdateError as error:
                log.warning("%s", error.message)
            except Exception:
                log.exception("the check for updates failed")
            await asyncio.sleep(BETWEEN_LOOKS)

    async def _confirm_health(self) -> None:
        launcher = self._service.launcher
        if launcher is None or not launcher.supervises:
            return
        try:
            await launcher.confirm()
        except UpdateError as error:
            log.warning("the launcher was not told that this version works: %s", error.message)

    async def _is_due(self) -> bool:
        status = await self._service.status()
        if not status.settings.enabled or not status.can_check:
            return False
        if status.last_check is None and not self._has_looked:
            return True
        since = time.time() - self._service.last_attempt()
        pause = status.settings.check_interval_hours * HOUR * self._jitter
        if status.last_check is None or status.error is not None:
            pause = min(pause, HOUR)
        return since < 0 or since >= pause  # in the future: of a clock that was wrong

    async def _look(self) -> None:
        self._has_looked = True
        await (await self._service.check(manual=False))
        status = await self._service.status()
        if status.settings.auto != "download" or not status.can_auto_update:
            return
        if status.state == "update_available" and status.update is not None:
            await (await self._service.download(status.update.version))
