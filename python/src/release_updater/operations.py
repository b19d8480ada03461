# SPDX-License-Identifier: MIT
"""What takes a while: checks, downloads, updates. One at a time, in whichever worker was asked."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from .errors import LauncherError, NotPossible, UpdateError
from .file_lock import FileLock
from .shared_state import BETWEEN_SIGNS, Failure, Operation, OperationKind, SharedState

STOPPED_WITHIN: Final = 180.0  # seconds; the launcher ends an application that does not

Step = tuple[OperationKind, Callable[[], Awaitable[object]]]


class Operations:
    def __init__(self, shared: SharedState, lock: FileLock) -> None:
        self._shared = shared
        self._lock = lock
        self._task: asyncio.Task[None] | None = None
        self._is_stopped = False

    def begin(
        self, steps: list[Step], version: str = "", *, remembers: bool = True
    ) -> asyncio.Task[None]:
        """Carries out the steps one after the other. The task fails with UpdateError, which the
        status shows until the next operation, if it `remembers`.

        Raises NotPossible if another operation is under way, here or in another worker."""
        if not self._lock.try_acquire():
            raise NotPossible("Something else is under way. Try again when it has ended.")
        self._is_stopped = False
        self._shared.change(operation=Operation(steps[0][0], version, time.time()), failure=None)
        self._task = asyncio.create_task(self._carry_out(steps, version, remembers))
        self._task.add_done_callback(lambda task: task.cancelled() or task.exception())
        return self._task

    async def _carry_out(self, steps: list[Step], version: str, remembers: bool) -> None:
        signs = asyncio.create_task(self._give_signs())
        failure = None
        try:
            for kind, work in steps:
                self._shared.change(operation=Operation(kind, version, time.time()))
                await work()
        except UpdateError as error:
            status = error.status if isinstance(error, LauncherError) else 1
            failure = Failure(status, error.message) if remembers else None
            raise
        finally:
            signs.cancel()
            if not self._is_ending():
                self._shared.change(operation=None, failure=failure)
            self._lock.release()

    def _is_ending(self) -> bool:
        """The next start is another run, in which this operation does not count any more."""
        operation = self._shared.read().operation
        return self._is_stopped and operation is not None and operation.kind == "restart"

    async def _give_signs(self) -> None:
        """Others take an operation without them for one whose worker has died."""
        while True:
            await asyncio.sleep(BETWEEN_SIGNS)
            operation = self._shared.read().operation
            if operation is not None:
                self._shared.change(operation=replace(operation, at=time.time()))

    async def stop(self) -> None:
        self._is_stopped = True
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError, UpdateError):
                await self._task


async def end_of_process() -> None:
    """Waits for the launcher to end this process."""
    await asyncio.sleep(STOPPED_WITHIN)
    raise UpdateError("The launcher did not end the application.")
