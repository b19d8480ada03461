# SPDX-License-Identifier: MIT
"""The class Launcher where no launcher runs the application: its commands are started."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest

from installed import Installed
from release_updater import Installation, Launcher, LauncherError
from sandbox import Project

Value = TypeVar("Value")


def run(doing: Coroutine[Any, Any, Value]) -> Value:
    return asyncio.run(doing)


@pytest.fixture
def launcher(app: Installed) -> Launcher:
    return Launcher(Installation(app.folder / "test-app"))


def test_commands_do_what_nobody_else_does(project: Project, launcher: Launcher) -> None:
    status = run(launcher.status())
    assert (status.app, status.version, status.ready) == ("test-app", "1.0.0", "")
    assert run(launcher.check()).status == 0
    project.publish("1.1.0")
    found = run(launcher.check())
    assert (found.status, "1.1.0" in found.message) == (10, True)
    run(launcher.download())
    assert run(launcher.status()).ready == "1.1.0"
    assert "next start" in run(launcher.apply()).message


def test_a_version_that_is_skipped_is_not_found_any_more(
    project: Project, launcher: Launcher
) -> None:
    project.publish("1.1.0")
    assert run(launcher.check()).status == 10
    run(launcher.skip("1.1.0"))
    assert run(launcher.check()).status == 0
    assert run(launcher.status()).update is None


def test_what_a_command_could_not_do_is_an_error(launcher: Launcher) -> None:
    with pytest.raises(LauncherError) as refused:
        run(launcher.rollback())
    assert refused.value.status == 1
    assert "no previous version" in refused.value.message
    with pytest.raises(LauncherError) as unknown:
        run(launcher.download("--from"))
    assert unknown.value.status == 2


def test_a_request_that_no_launcher_takes_becomes_a_command(app: Installed) -> None:
    launcher = Launcher(Installation(app.folder / "test-app", run="of a launcher that was killed"))
    (app.data / ".launcher").mkdir(parents=True)
    assert run(launcher.check()).status == 0
    assert launcher.supervises is False
    assert list((app.data / ".launcher").iterdir()) == []


def test_a_launcher_that_is_not_there_is_an_error(app: Installed) -> None:
    (app.folder / "test-app").unlink()
    with pytest.raises(LauncherError, match="could not be started"):
        run(Launcher(Installation(app.folder / "test-app")).check())
