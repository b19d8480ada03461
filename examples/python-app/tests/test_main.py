"""The program as it is started: a process of its own on a free port."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from your_app import __main__ as program


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Running:
    def __init__(self, data: Path) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "your_app", "--port", str(self.port), "--data", str(data)]
        self.process = subprocess.Popen(command)

    def ask(self, path: str) -> dict[str, str]:
        """Waits until the program answers, 60 s at most."""
        end = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
                    return json.load(answer)
            except urllib.error.URLError:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise
                time.sleep(0.05)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path)
    yield running
    running.process.kill()
    running.process.wait()


def test_it_answers_with_its_version(running: Running) -> None:
    assert running.ask("/version")["version"] == version("your-app")


@pytest.mark.skipif(sys.platform == "win32", reason="there it is asked through its input")
def test_it_ends_when_it_is_asked_to(running: Running) -> None:
    running.ask("/health")
    running.process.terminate()
    assert running.process.wait(timeout=20) == -signal.SIGTERM


def test_it_tells_the_launcher_where_it_listens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAUNCHER_URL_FILE", str(tmp_path / "url"))
    program.tell_launcher(8765)
    assert (tmp_path / "url").read_text() == "http://127.0.0.1:8765"


def test_a_second_one_with_open_shows_the_first(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.ask("/health")
    shown: list[str] = []
    monkeypatch.setattr(program.webbrowser, "open", shown.append)
    assert program.main(["--port", str(running.port), "--open"]) == 0
    assert shown == [f"http://localhost:{running.port}/"]
