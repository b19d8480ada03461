# SPDX-License-Identifier: MIT
"""A machine with a real systemd, in a container that shares the network."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from installed import becomes

ROOT = Path(os.environ.get("SYSTEMD_ROOT", "no SYSTEMD_ROOT"))


class Machine:
    """systemd-nspawn. What it changes in its root directory is gone afterwards.

    apps: a folder of this machine, which is /opt/apps there."""

    def __init__(self, apps: Path, log: Path) -> None:
        if not (ROOT / "etc/os-release").exists():
            pytest.skip(f"no root directory of a machine with systemd: {ROOT}")
        self.apps = apps
        with log.open("wb") as file:
            self._container = subprocess.Popen(
                [
                    "systemd-nspawn",
                    "--quiet",
                    f"--directory={ROOT}",
                    "--volatile=overlay",
                    "--register=no",
                    "--keep-unit",
                    f"--machine=launcher-{os.getpid()}",
                    "--console=pipe",
                    f"--bind={apps}:/opt/apps",
                    "--boot",
                ],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
            )
        try:
            becomes(self._is_running, "the machine runs")
        except AssertionError:
            self.stop()
            pytest.skip(f"systemd does not boot here: {log.read_text('utf-8', 'replace')}")

    def _first_process(self) -> int:
        """The systemd of the machine; 0 if it does not run."""
        pid = self._container.pid
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except FileNotFoundError:
            return 0
        return int(children[0]) if children else 0

    def _is_running(self) -> bool:
        if self._container.poll() is not None:
            raise AssertionError("the container has ended")
        if not self._first_process():
            return False
        state = self.try_run("systemctl", "is-system-running").stdout.strip()
        return state in ("running", "degraded")

    def try_run(self, *words: str) -> subprocess.CompletedProcess[str]:
        enter = [
            "nsenter",
            "-t",
            str(self._first_process()),
            *["-m", "-u", "-i", "-n", "-p", "-C", "--"],
        ]
        return subprocess.run(
            [*enter, *words],
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words: str) -> str:
        done = self.try_run(*words)
        assert done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout}"
        return done.stdout

    def stop(self) -> None:
        if self._container.poll() is None and self._first_process():
            self.try_run("systemctl", "poweroff", "--force")
        try:
            self._container.wait(30)
        except subprocess.TimeoutExpired:
            self._container.kill()
            self._container.wait()


class Service:
    """The unit test-app.service of the machine; user: of this user's own systemd."""

    def __init__(self, machine: Machine, user: str = "") -> None:
        self._machine = machine
        self._prefix: tuple[str, ...] = ("systemctl",)
        if user:
            self._prefix = (*as_user(machine, user), "systemctl", "--user")

    def run(self, *words: str) -> str:
        return self._machine.run(*self._prefix, *words, "test-app.service")

    def property(self, name: str) -> str:
        return self.run("show", "--value", f"--property={name}").strip()

    def processes(self) -> list[int]:
        """All of its control group, as the machine numbers them."""
        group = self.property("ControlGroup")
        script = f"find /sys/fs/cgroup*/systemd{group} /sys/fs/cgroup{group} -name cgroup.procs "
        found = self._machine.try_run("sh", "-c", script + "-exec cat {} + 2>/dev/null").stdout
        return [int(line) for line in found.split()] if group else []


def as_user(machine: Machine, user: str) -> tuple[str, ...]:
    number = machine.run("id", "-u", user).strip()
    runtime = f"/run/user/{number}"
    bus = f"DBUS_SESSION_BUS_ADDRESS=unix:path={runtime}/bus"
    return ("runuser", "-u", user, "--", "env", f"XDG_RUNTIME_DIR={runtime}", bus)


def lives(machine: Machine, process: int) -> bool:
    return machine.try_run("sh", "-c", f"kill -0 {process}").returncode == 0
