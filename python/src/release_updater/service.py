# SPDX-License-Identifier: MIT
"""The updates of an application: what is known of them, and what can be done about them."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Final

from .errors import LauncherError, NotPossible, TooSoon
from .file_lock import FileLock
from .installation import Installation
from .launcher import DataChoice, Launcher
from .launcher_status import LauncherStatus
from .limits import limits_of
from .operations import Operations, Step, end_of_process
from .schedule import Schedule
from .settings import JsonSettingsStore, MemorySettingsStore, SettingsStore, StoredSettings
from .shared_state import Shared, SharedState
from .status import Settings, Status, settings_of, status_of
from .stop_listener import listen_for_stop

DEBOUNCE: Final = 60.0  # seconds between two checks that somebody asks for
START_DELAY: Final = 30.0  # seconds before the first check


class UpdateService:
    """Use it as the lifespan of an application, or with `async with` inside of one.

    With several workers, each has a service. They agree by files in data/.launcher, and one of
    them checks at intervals.

    app, version: what the status says where no launcher started the application.
    releases_page: the address where people find releases, for the same case.
    store: where the settings are kept; a JSON file in data/.launcher by default.
    installation: by default what the environment says.
    confirm: tells the launcher, when the application has started, that this version works. False if
        the application calls `launcher.confirm()`, or answers /health, itself.
    """

    def __init__(
        self,
        *,
        app: str = "",
        version: str = "",
        releases_page: str = "",
        store: SettingsStore | None = None,
        installation: Installation | None = None,
        confirm: bool = True,
        start_delay: float = START_DELAY,
        debounce: float = DEBOUNCE,
    ) -> None:
        self.installation = installation or Installation.from_environment()
        self._app = app
        self._version = version
        self._releases_page = releases_page
        self._debounce = debounce
        self._stack = AsyncExitStack()
        self.store = store or default_store(self.installation)
        if self.installation is None:
            self.launcher: Launcher | None = None
            return
        self.launcher = Launcher(self.installation)
        messages = self.installation.messages
        self._shared = SharedState(messages / "service.json", self.installation.run)
        self._operations = Operations(self._shared, FileLock(messages / "operation.lock"))
        self._schedule = Schedule(self, FileLock(messages / "service.lock"), start_delay, confirm)

    async def __aenter__(self) -> UpdateService:
        if self.installation is not None:
            listen_for_stop(self.installation)
            self._stack.push_async_callback(self._operations.stop)
            await self._stack.enter_async_context(self._schedule)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    @asynccontextmanager
    async def lifespan(self, _app: object) -> AsyncIterator[None]:
        """`FastAPI(lifespan=service.lifespan)`"""
        async with self:
            yield

    async def status(self) -> Status:
        launcher = await self._launcher_status()
        installation = self.installation
        return status_of(
            launcher,
            limits_of(installation, launcher, self._releases_page),
            self._shared.read() if installation else Shared(),
            await self.store.load(),
            app=self._app,
            version=self._version or (installation.version if installation else ""),
            run=installation.run if installation else "",
        )

    async def check(self, *, manual: bool = True) -> asyncio.Task[None]:
        """Begins to look for a newer release.

        Raises TooSoon and NotPossible, the task LauncherError."""
        launcher = await self._able("check")
        if manual:
            self._keep_apart()
        task = self._operations.begin([("check", launcher.check)])
        now = time.time()
        self._shared.change(attempted=now, **({"asked": now} if manual else {}))
        return task

    async def download(self, version: str = "", *, retry: bool = False) -> asyncio.Task[None]:
        """Begins to download a version, or the newest.

        retry: also if that version has failed here.
        Raises NotPossible, the task LauncherError."""
        launcher = await self._able("update")
        await self._not_failed(version, retry)
        step: Step = ("download", lambda: launcher.download(version, retry=retry))
        return self._operations.begin([step], version)

    async def apply(self, version: str = "", *, retry: bool = False) -> asyncio.Task[None]:
        """Installs a version, or the newest, and restarts the application. A version that is not
        there yet is downloaded first; then this returns as soon as the download has begun.

        retry: also if that version has failed here.
        Raises NotPossible; the task LauncherError."""
        launcher = await self._able("update")
        await self._not_failed(version, retry)
        status = await self.status()
        wanted = version or (status.update.version if status.update else "")
        if not wanted:
            raise NotPossible("There is no newer version.")
        is_ready = (await launcher.status()).ready == wanted
        steps: list[Step] = [("apply", lambda: launcher.apply(wanted)), ("restart", end_of_process)]
        if is_ready:
            return await self._restart_with(steps, wanted)
        steps.insert(0, ("download", lambda: launcher.download(wanted, retry=retry)))
        return self._operations.begin(steps, wanted)

    async def rollback(self, data: DataChoice | None = None) -> asyncio.Task[None]:
        """Returns to the previous version and restarts the application. Raises NotPossible."""
        launcher = await self._able("update")
        steps: list[Step] = [
            ("apply", lambda: launcher.rollback(data)),
            ("restart", end_of_process),
        ]
        previous = (await launcher.status()).previous
        return await self._restart_with(steps, previous)

    async def dismiss(self, version: str) -> None:
        """The user does not want to be reminded of this version."""
        await self._store(replace(await self.store.load(), dismissed=version))

    async def settings(self) -> Settings:
        return settings_of(await self.store.load(), (await self._launcher_status()).channel)

    async def change_settings(self, settings: Settings) -> Settings:
        """Raises NotPossible."""
        before = await self.settings()
        if settings.include_prerelease != before.include_prerelease:
            raise NotPossible(
                "Which releases are offered is set by `channel` in updater/config.json: stable, "
                "rc, beta, alpha or dev. The application cannot change it."
            )
        stored = await self.store.load()
        await self._store(
            replace(
                stored,
                enabled=settings.enabled,
                check_interval_hours=settings.check_interval_hours,
                auto=settings.auto,
            )
        )
        return await self.settings()

    def last_attempt(self) -> float:
        """When a check was begun the last time, in seconds since 1970; 0 if never."""
        return self._shared.read().attempted

    def restarts_with(self) -> str:
        """The version that the application is being restarted with; "" if it is not."""
        operation = self._shared.read().operation if self.installation else None
        return operation.version if operation and operation.kind == "restart" else ""

    async def _restart_with(self, steps: list[Step], version: str = "") -> asyncio.Task[None]:
        """Returns when the launcher has agreed to the first step."""
        agreed = asyncio.Event()
        kind, work = steps[0]

        async def first() -> None:
            await work()
            agreed.set()

        begun = self._operations.begin([(kind, first), *steps[1:]], version, remembers=False)
        waiting = asyncio.create_task(agreed.wait())
        await asyncio.wait({begun, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        try:
            if begun.done():
                begun.result()
        except LauncherError as error:
            raise NotPossible(error.message) from error
        return begun

    async def _launcher_status(self) -> LauncherStatus:
        return await self.launcher.status() if self.launcher else LauncherStatus()

    async def _able(self, what: str) -> Launcher:
        status = await self.status()
        is_able = status.can_check if what == "check" else status.can_auto_update
        if self.launcher is None or not is_able:
            raise NotPossible(
                status.reason.message if status.reason else "It is not possible here."
            )
        return self.launcher

    async def _not_failed(self, version: str, retry: bool) -> None:
        if not retry and version in (await self._launcher_status()).failed:
            raise NotPossible(f"{version} did not work here. It is tried again if you say so.")

    async def _store(self, settings: StoredSettings) -> None:
        try:
            await self.store.save(settings)
        except OSError as error:
            raise NotPossible(f"The settings cannot be saved: {error}") from error

    def _keep_apart(self) -> None:
        """A person who clicks often must not load the server of the releases."""
        since = time.time() - self._shared.read().asked
        if 0 <= since < self._debounce:
            raise TooSoon(math.ceil(self._debounce - since))


def default_store(installation: Installation | None) -> SettingsStore:
    if installation is None:
        return MemorySettingsStore()
    return JsonSettingsStore(installation.messages / "settings.json")
