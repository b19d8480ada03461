# SPDX-License-Identifier: MIT
"""The launcher, as its application sees it: a status file to read, request files to write."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import subprocess
import time
from pathlib import Path
from typing import Any, Final, Literal

from .errors import LauncherError
from .files import read_json, signature, write_json
from .installation import Installation
from .launcher_status import Answer, LauncherStatus, number, parse_status, text

DataChoice = Literal["with", "keep"]

BETWEEN_LOOKS: Final = 0.1  # seconds
TAKEN_WITHIN: Final = 5.0  # seconds; a launcher looks for requests once a second
ANSWERED_WITHIN: Final = 30.0  # seconds, for what needs no network
CHECKED_WITHIN: Final = 600.0
STATUS_AGE: Final = 2.0  # seconds for which the answer of a command is used again
NEWER_RELEASE: Final = 10  # exit status of `check` that is no error
VERSION: Final = r"[0-9A-Za-z][0-9A-Za-z.+-]{0,99}"


class Launcher:
    """Asks the launcher that runs this application. Where none does, its commands are started, and
    what they change takes effect when the application is started the next time.

    Each method raises LauncherError if the launcher could not do it."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.supervises: bool = bool(installation.run)
        """Whether a launcher runs this application, as far as is known."""
        self._status = LauncherStatus(version=installation.version)
        self._signature: object = None
        self._asked_at = float("-inf")

    @property
    def status_file(self) -> Path:
        return self.installation.updater / "status.json"

    async def status(self) -> LauncherStatus:
        if self.supervises:
            return self._read_status()
        if time.monotonic() - self._asked_at > STATUS_AGE:
            self._asked_at = time.monotonic()
            output = await self._run("status")
            if output:
                self._status = parse_status(output[-1])
        return self._status

    async def check(self) -> Answer:
        """Looks for a newer release. Status 10 says that there is one, 0 that there is none."""
        return await self._ask("check", ["check"], within=CHECKED_WITHIN)

    async def download(self, version: str = "", *, retry: bool = False) -> Answer:
        """Downloads a version, or the newest, and verifies it; continues what broke off.

        retry: the user wants this version although it has failed here."""
        words = ["download", *known_version(version)]
        more = {"retry": True} if retry else {}
        return await self._ask("download", words, within=None, version=version, **more)

    async def apply(self, version: str = "", *, now: bool = True) -> Answer:
        """Installs a downloaded version: `now`, which ends this process, or at the next start."""
        words = ["apply", *known_version(version), *(["--now"] if now else [])]
        return await self._ask("apply", words, version=version, now=now)

    async def rollback(self, data: DataChoice | None = None, *, now: bool = True) -> Answer:
        """Returns to the previous version. `data` is needed if data was saved before the update."""
        choice = {"with": ["--with-data"], "keep": ["--keep-data"], None: []}[data]
        words = ["rollback", *choice, *(["--now"] if now else [])]
        return await self._ask("rollback", words, data=data or "", now=now)

    async def skip(self, version: str) -> Answer:
        """The version is not offered any more, by no check."""
        return await self._ask("skip", ["skip", *known_version(version)], version=version)

    async def confirm(self) -> Answer:
        """This version works."""
        return await self._ask("confirm", ["confirm"], run=self.installation.run)

    async def extend(self, seconds: int) -> Answer:
        """This version needs more time until it can confirm; one hour in all."""
        return await self._ask("extend", ["extend", str(seconds)], seconds=seconds)

    def _read_status(self) -> LauncherStatus:
        now = signature(self.status_file)
        if now is not None and now != self._signature:
            content = read_json(self.status_file)
            if content:
                self._status, self._signature = parse_status(content), now
        return self._status

    async def _ask(
        self, name: str, words: list[str], *, within: float | None = ANSWERED_WITHIN, **more: Any
    ) -> Answer:
        answer = None
        if self.supervises:
            answer = await self._request({"request": name, **more}, within)
        if answer is None:
            self.supervises = False
            answer = await self._command(words)
        if answer.status not in (0, NEWER_RELEASE):
            raise LauncherError(answer.status, answer.message)
        return answer

    async def _request(self, request: dict[str, Any], within: float | None) -> Answer | None:
        """None if no launcher takes it."""
        name = secrets.token_hex(8)
        file = self.installation.messages / f"request-{name}.json"
        try:
            write_json(file, {"format": 1, "id": name, **request})
        except OSError as error:
            raise LauncherError(32, f"The launcher cannot be asked: {error}") from error
        start = time.monotonic()
        while within is None or time.monotonic() - start < within:
            await asyncio.sleep(BETWEEN_LOOKS)
            answer = self._read_status().answers.get(name)
            if answer is not None:
                return answer
            if time.monotonic() - start > TAKEN_WITHIN and was_removed(file):
                return None
        raise LauncherError(1, "The launcher did not answer.")

    async def _command(self, words: list[str]) -> Answer:
        output = await self._run(*words)
        self._asked_at = float("-inf")
        if not output:
            raise LauncherError(1, "The launcher could not be started.")
        return Answer(number(output[-1], "status"), text(output[-1], "message"))

    async def _run(self, *words: str) -> list[dict[str, Any]]:
        """What a command of the launcher prints."""
        return await asyncio.to_thread(run_command, self.installation.launcher, list(words))


def known_version(version: str) -> list[str]:
    """The version as an argument. Raises LauncherError if it is none."""
    if version and not re.fullmatch(VERSION, version):
        raise LauncherError(2, "That is not a version.")
    return [version] if version else []


def was_removed(file: Path) -> bool:
    """Removes a request that nobody has taken."""
    try:
        file.unlink()
    except OSError:
        return False
    return True


def run_command(launcher: Path, words: list[str]) -> list[dict[str, Any]]:
    try:
        process = subprocess.run(
            [launcher, "--launcher", *words, "--json"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return []
    lines = process.stdout.decode("utf-8", "replace").splitlines()
    return [parsed for line in lines if isinstance(parsed := parse(line), dict)]


def parse(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None
