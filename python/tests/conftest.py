# SPDX-License-Identifier: MIT
"""A sandbox server, projects on it, and applications that are installed from their releases."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from installed import Installed
from sandbox import Project, Sandbox

names = itertools.count()
SKIPPED = 77  # as in CMakeLists.txt


def pytest_sessionfinish(session: pytest.Session) -> None:
    """pytest ends with 0 if every test was skipped, but CTest has to show that."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    outcomes = reporter.stats if reporter else {}
    if "skipped" in outcomes and not outcomes.keys() & {"passed", "failed", "error"}:
        session.exitstatus = SKIPPED


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    sandbox = Sandbox(tmp_path_factory.mktemp("sandbox"))
    yield sandbox
    sandbox.stop()


@pytest.fixture
def new_project(sandbox: Sandbox, tmp_path: Path) -> Callable[[], Project]:
    def make() -> Project:
        name = f"project-{next(names)}"
        return Project(sandbox, tmp_path / name, name)

    return make


@pytest.fixture
def project(new_project: Callable[[], Project]) -> Project:
    """A project with the release 1.0.0."""
    project = new_project()
    project.publish("1.0.0")
    return project


@pytest.fixture
def app(project: Project, tmp_path: Path) -> Iterator[Installed]:
    """1.0.0 of it, which is not started yet."""
    installed = Installed(project.archive("1.0.0"), tmp_path / "installed")
    yield installed
    installed.close()
