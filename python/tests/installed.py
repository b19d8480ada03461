# SPDX-License-Identifier: MIT
"""The application, unpacked from its archive and started by the real launcher."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import tarfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

PATIENCE = 90.0  # seconds
API = "/system/update"
ADMIN = {"Authorization": "Bearer admin"}
USER = {"Authorization": "Bearer user"}


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def becomes(condition: Callable[[], Any], what: str = "") -> Any:
    """The value of the condition once it is true."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError(f"it did not become true: {what}")


class Installed:
    """app: the name of its folder and its launcher. about: the route that tells its version."""

    def __init__(
        self, archive: Path, folder: Path, app: str = "test-app", about: str = "/about"
    ) -> None:
        folder.mkdir(parents=True)
        with tarfile.open(archive) as file:
            file.extractall(folder, filter="fully_trusted")
        self.folder = folder / app
        self.program = self.folder / app
        self._about = about
        self.data = self.folder / "data"
        self.log = folder / "output.txt"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.client = httpx.Client(base_url=self.url, trust_env=False, timeout=20)
        self._process: subprocess.Popen[bytes] | None = None

    def settings_file(self, **settings: object) -> None:
        folder = self.data / ".launcher"
        folder.mkdir(parents=True)
        (folder / "settings.json").write_text(json.dumps(settings))

    def start(self, *arguments: str, **variables: str) -> None:
        words = arguments or ("--port", str(self.port), "--log-level", "warning")
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [self.program, *words],
                env={**os.environ, **variables},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.becomes_reachable()

    def becomes_reachable(self) -> None:
        try:
            becomes(lambda: self.about())
        except AssertionError:
            raise AssertionError(self.log.read_text("utf-8", "replace")) from None

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(PATIENCE)
        self._process = None

    def close(self) -> None:
        self.stop()
        self.client.close()

    def command(self, *words: str) -> dict[str, Any]:
        done = subprocess.run(
            [self.program, "--launcher", *words, "--json"],
            capture_output=True,
            text=True,
        )
        return json.loads(done.stdout.splitlines()[-1])

    def launcher_status(self) -> dict[str, Any]:
        """updater/status.json; unlike the command it can be read during a swap."""
        return json.loads((self.folder / "updater" / "status.json").read_text("utf-8"))

    def about(self) -> dict[str, Any] | None:
        try:
            return self.client.get(self._about).json()
        except httpx.TransportError:
            return None

    def runs(self, version: str) -> bool:
        about = self.about()
        return about is not None and about["version"] == version

    def status(self, headers: dict[str, str] = ADMIN) -> dict[str, Any]:
        answer = self.client.get(f"{API}/status", headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def try_status(self) -> dict[str, Any] | None:
        try:
            return self.status()
        except httpx.TransportError:
            return None

    def is_in(self, *states: str) -> dict[str, Any]:
        """The status once its state is one of these."""

        def look() -> dict[str, Any] | None:
            status = self.try_status()
            return status if status and status["state"] in states else None

        return becomes(look, f"state {states}; it is {self.try_status()}")

    def post(self, path: str, content: Any = None, **headers: str) -> httpx.Response:
        return self.client.post(f"{API}{path}", json=content or {}, headers={**ADMIN, **headers})
