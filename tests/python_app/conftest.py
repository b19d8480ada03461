# SPDX-License-Identifier: MIT
"""Fixtures for the tests of the template examples/python-app. Tests of its builds are in built/,
and those that run the Windows build in wine/: CMakeLists.txt treats these folders differently."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from project import BUILT, Built, Project, need_standins

SKIPPED = 77  # as in CMakeLists.txt


def pytest_sessionfinish(session: pytest.Session) -> None:
    """pytest ends with 0 if every test was skipped, but CTest has to show that."""
    outcomes = session.config.pluginmanager.get_plugin("terminalreporter").stats
    if "skipped" in outcomes and not outcomes.keys() & {"passed", "failed", "error"}:
        session.exitstatus = SKIPPED


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Unlike pytest's own, it is removed at the end: a build is large."""
    with tempfile.TemporaryDirectory(prefix="gitea-release-", ignore_cleanup_errors=True) as path:
        yield Path(path).resolve()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


@pytest.fixture
def built() -> Built:
    """What CTest's fixture built from the template with the tag v1.2.0."""
    need_standins()
    for file in (Built.zip, Built.tarball):
        assert file.exists(), f"run CTest, or scripts/python-app --build {BUILT}"
    return Built()
