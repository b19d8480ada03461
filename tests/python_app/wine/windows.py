# SPDX-License-Identifier: MIT
"""Programs, files and the registry of a Windows, by wine."""

import re
import subprocess
from pathlib import Path

import pytest

from project import BUILT, Ended, Running, Word, environment, program, run

# What CTest's fixture built from the next version, v1.3.0-rc.1.
NEXT_INSTALLER = BUILT / "next/build/your-app-v1.3.0-rc.1-setup.exe"
NEXT_TREE = BUILT / "next/build/windows/your-app/current"


def windows_path(path: Path) -> str:
    return "Z:" + str(path).replace("/", "\\")


# Python cannot write to a file under wine.
PIPED = ("bash", "-o", "pipefail", "-c", 'timeout 120 wine "$@" </dev/null 2>&1 | cat', "bash")


class Application(Running):
    """The application of a folder, by its launcher."""

    def __init__(self, wine: "Wine", home: Path) -> None:
        self._wine = wine
        self._launcher = home / "your-app.exe"
        super().__init__(*PIPED, self._launcher, env=wine.env)

    def command(self, *words: Word) -> Ended:
        return self._wine.run(self._launcher, "--launcher", *words)

    def end(self) -> int:
        ended = self.command("stop")
        assert ended.returncode == 0, ended.stdout
        return self.process.wait(timeout=60)


class Wine:
    def __init__(self, prefix: Path) -> None:
        # Hard links: 700 MB that nothing writes to. The registry is written to, so it is copied.
        copied = run("cp", "-al", BUILT / "prefix", prefix)
        assert copied.returncode == 0, copied.stdout
        for file in (BUILT / "prefix").iterdir():
            if file.is_file():
                (prefix / file.name).unlink()
                (prefix / file.name).write_bytes(file.read_bytes())
        self.env = environment(
            WINEPREFIX=prefix,
            HOME=prefix / "home",
            WINEDEBUG="-all",
            WINEDLLOVERRIDES="mscoree=;mshtml=",
        )
        self._processes: list[subprocess.Popen[bytes]] = []
        # If the first program started it, it would keep that program's output open.
        started = run("wineserver", "--persistent=20", env=self.env)
        assert started.returncode == 0, started.stdout
        self.c = prefix / "drive_c"
        [self.user] = [path for path in (self.c / "users").iterdir() if path.name != "Public"]
        programs = self.user / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"
        self.installed = self.user / "AppData/Local/your-app"  # the default folder
        self.desktop_link = self.user / "Desktop/Your App.lnk"
        self.menu_link = programs / "Your App.lnk"
        self.autostart_link = programs / "StartUp/Your App.lnk"

    def shut_down(self) -> None:
        for process in self._processes:
            process.kill()
            process.wait()
        run("wineserver", "--kill", env=self.env)

    def run(self, *command: Word) -> Ended:
        """Runs a program to its end, for at most 120 s (status 124)."""
        return run("timeout", "120", "wine", *command, env=self.env)

    def run_python(self, *command: Word) -> Ended:
        """The same for a program that is, or starts, a Python and leaves nothing running."""
        return run(*PIPED, *command, env=self.env)

    def start(self, *command: Word) -> subprocess.Popen[bytes]:
        """Starts a program without waiting for its end or its output."""
        process = subprocess.Popen(
            [program("timeout"), "120", program("wine"), *command],
            cwd="/",
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(process)
        return process

    def application(self, home: Path) -> Application:
        """The application in `home`, started by its launcher; skips the test if it has none."""
        if not (home / "your-app.exe").exists():
            pytest.skip("there is no launcher for Windows: scripts/build-launcher windows-amd64")
        running = Application(self, home)
        self._processes.append(running.process)
        return running

    def finish(self, script: Path, home: Path, version: str) -> Ended:
        """Runs the template's finish.py on an unpacked tree, with the tree's own Python."""
        current = home / "current"
        interpreter = ("--run", "wine", current / "python/python.exe")
        site = current / "python/Lib/site-packages"
        return run("python3", script, current, site, version, *interpreter, env=self.env)

    def registry(self, key: str, name: str) -> str:
        """A value of HKEY_CURRENT_USER, empty if there is none."""
        answer = self.run("reg", "query", f"HKCU\\{key}", "/v", name)
        value = re.search(r"REG_\w+ +(.*)", answer.stdout)
        return value[1].strip() if answer.returncode == 0 and value else ""

    def shortcut(self, link: Path) -> str:
        """The text in a shortcut, which is UTF-16."""
        return link.read_bytes().replace(b"\0", b"").decode(errors="replace")
