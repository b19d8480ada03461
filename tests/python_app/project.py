# SPDX-License-Identifier: MIT
"""A copy of the template, the results of its build, and how to run programs and the application."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "examples/python-app"
STANDINS = ROOT / ".deps/python-standin"
BUILT = Path(os.environ.get("PYTHON_APP_BUILT", ROOT / "build/dev/python-app"))
VARIABLES_OF_A_RUNNER = ("GITHUB_", "GITEA_", "RUNNER_", "INPUT_", "PYTHON", "CI")

Ended = subprocess.CompletedProcess[str]
Environment = Mapping[str, str]
Word = str | Path


def environment(**more: Word) -> dict[str, str]:
    """This process's environment without the variables of a runner, with .deps/bin first in PATH
    and the substitute interpreters, if they exist."""
    result = {k: v for k, v in os.environ.items() if not k.startswith(VARIABLES_OF_A_RUNNER)}
    result["PATH"] = f"{ROOT}/.deps/bin:{result['PATH']}"
    if (STANDINS / "python.env").exists():
        for line in (STANDINS / "python.env").read_text().splitlines():
            name, value = line.split("=", 1)
            result[name] = value.replace("$STANDINS", str(STANDINS))
    return result | {name: str(value) for name, value in more.items()}


def program(name: str) -> str:
    """The path of a program in PATH or .deps/bin; skips the test if there is none."""
    found = shutil.which(name, path=environment()["PATH"])
    if found is None:
        pytest.skip(f"there is no {name} (scripts/setup --test or --wine)")
    return found


def need_standins() -> None:
    program("uv")
    if not (STANDINS / "python.env").exists():
        pytest.skip("there are no substitute interpreters (scripts/setup --test creates them)")


def run(*command: Word, cwd: Word = "/", env: Environment | None = None) -> Ended:
    """Runs a program to its end; standard output and standard error are both in `stdout`."""
    words = [str(word) for word in command]
    if "/" not in words[0]:
        words[0] = program(words[0])
    # Not a pipe: what the program leaves running would keep it open.
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        ended = subprocess.run(
            words,
            cwd=cwd,
            env=environment() if env is None else env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        output.seek(0)
        return Ended(words, ended.returncode, output.read())


class Project:
    """A copy of the template, a git repository with one commit."""

    def __init__(self, path: Path) -> None:
        program("uv")
        self.path = path
        left_out = ("build", ".venv", ".pytest_cache", ".ruff_cache", "__pycache__")
        shutil.copytree(TEMPLATE, path, ignore=shutil.ignore_patterns(*left_out))
        self.git("init", "-q", "-b", "main")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "feat: everything")

    def git(self, *arguments: str) -> None:
        settings = ("user.name=test", "user.email=test@example.org", "commit.gpgsign=false")
        options = [word for setting in settings for word in ("-c", setting)]
        ended = self.run("git", *options, *arguments)
        assert ended.returncode == 0, ended.stdout

    def append(self, file: str, text: str) -> None:
        with (self.path / file).open("a") as out:
            out.write(text)

    def replace(self, file: str, old: str, new: str) -> None:
        text = (self.path / file).read_text()
        assert old in text
        (self.path / file).write_text(text.replace(old, new, 1))

    def run(self, *command: Word, env: Environment | None = None) -> Ended:
        return run(*command, cwd=self.path, env=env)

    def packaging(self, script: str, *arguments: str, env: Environment | None = None) -> Ended:
        return self.run("bash", f"packaging/{script}", *arguments, env=env)

    def shell(self, lines: str, env: Environment | None = None) -> Ended:
        """Lines of bash after packaging/common.sh, as in the build scripts."""
        lines = f". packaging/common.sh\n{lines}"
        return self.run("bash", "-euo", "pipefail", "-c", lines, env=env)


class Built:
    """What `scripts/python-app --build` leaves: two trees and three archives."""

    project = BUILT / "project"
    windows_tree = project / "build/windows/your-app/current"
    linux_tree = project / "build/linux/your-app/current"
    trees = (windows_tree, linux_tree)
    zip = project / "build/your-app-v1.2.0-win-x64.zip"
    installer = project / "build/your-app-v1.2.0-setup.exe"
    tarball = project / "build/your-app-v1.2.0-linux-x64.tar.gz"


class Running:
    """An application on a free port, killed at the end of a `with` block."""

    def __init__(self, *command: Word, env: Environment, cwd: Word = "/") -> None:
        self.port = free_port()
        self._log = tempfile.NamedTemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        print(self.output())  # which pytest shows if the test fails
        self._log.close()

    def output(self) -> str:
        return Path(self._log.name).read_text(errors="replace")

    def get(self, path: str) -> str:
        answer = get(self.port, path, lambda: self.process.poll() is None)
        assert answer, "no response"
        return answer

    def end(self) -> int:
        """Asks it to end; returns its exit status."""
        self.process.terminate()
        return self.process.wait(timeout=60)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def get(port: int, path: str, alive: Callable[[], bool] = lambda: True) -> str:
    """The response of a server at this port, which has 60 s to start; empty if there is none."""
    end = time.monotonic() + 60
    while time.monotonic() < end and alive():
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        except (OSError, HTTPException):
            time.sleep(0.05)  # it does not listen yet
        finally:
            connection.close()
    return ""


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether the condition is true within 60 s."""
    end = time.monotonic() + 60
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def appears(file: Path) -> bool:
    """Whether the file exists within 60 s."""
    return eventually(file.exists)


def disappears(file: Path) -> bool:
    return eventually(lambda: not file.exists())
