# SPDX-License-Identifier: MIT
"""The application updates itself under wine, from signed releases on a sandbox server."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from project import Built, eventually, run
from releases import Releases
from windows import Application, Wine

ENTRY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\your-app"
BROKEN = ["python/python.exe", "-I", "-c", "raise SystemExit(3)"]


@pytest.fixture
def releases(tmp_path: Path) -> Iterator[Releases]:
    releases = Releases(tmp_path)
    yield releases
    releases.stop()


def status(app: Application) -> dict[str, object]:
    return json.loads(app.command("status", "--json").stdout)


def journal(home: Path) -> dict[str, dict[str, str]]:
    return json.loads((home / "updater/state.json").read_text())


def becomes(home: Path, kind: str) -> bool:
    """Whether the last update ends in this way."""
    return eventually(
        lambda: (home / "updater/state.json").exists() and journal(home)["outcome"]["kind"] == kind
    )


def test_it_installs_a_new_version_and_returns_from_one_that_does_not_work(
    built: Built, wine: Wine, releases: Releases, tmp_path: Path
) -> None:
    ended = run("unzip", "-q", built.zip, "-d", tmp_path / "a folder")
    assert ended.returncode == 0, ended.stdout
    home = tmp_path / "a folder/your-app"
    releases.publish(built, home, "1.3.0")
    releases.follow(home)
    with wine.application(home) as app:
        assert "Starts from this folder: 1" in app.get("/")
        update = app.command("update", "--now")
        assert update.returncode == 0, update.stdout
        assert becomes(home, "updated")
        assert "Starts from this folder: 2" in app.get("/")
        assert status(app)["version"] == "1.3.0"

        releases.publish(built, home, "1.4.0", start=BROKEN)
        update = app.command("update", "--now")
        assert update.returncode == 0, update.stdout
        assert becomes(home, "returned")
        assert "Starts from this folder: 3" in app.get("/")
        assert status(app)["version"] == "1.3.0"
        again = app.command("update")
        assert again.returncode == 0, again.stdout
        assert app.end() == 0


def test_the_list_of_installed_programs_has_the_version_of_the_update(
    built: Built, wine: Wine, releases: Releases
) -> None:
    assert wine.run(built.installer, "/S").returncode == 0
    assert wine.registry(ENTRY, "DisplayVersion") == "1.2.0"
    releases.publish(built, wine.installed, "1.3.0")
    releases.follow(wine.installed)
    with wine.application(wine.installed) as app:
        assert "Starts from this folder: 1" in app.get("/")
        assert app.command("update", "--now").returncode == 0
        assert becomes(wine.installed, "updated")
        assert eventually(lambda: wine.registry(ENTRY, "DisplayVersion") == "1.3.0")
        app.end()
