# SPDX-License-Identifier: MIT
"""The zip for Windows, started under wine."""

import json
from pathlib import Path

import pytest

from project import Built, free_port, get, run
from windows import Wine, windows_path

VERSION = '{"name":"your_app","version":"1.2.0"}'


@pytest.fixture
def home(built: Built, tmp_path: Path) -> Path:
    """The zip unpacked below a folder with a space in its name."""
    ended = run("unzip", "-q", built.zip, "-d", tmp_path / "a folder")
    assert ended.returncode == 0, ended.stdout
    return tmp_path / "a folder/your-app"


# An application that is not installed as a package prints 0.0.0-dev.
def test_unzipped_into_a_folder_with_a_space_the_application_prints_the_tags_version(
    home: Path, wine: Wine
) -> None:
    with wine.application(home) as running:
        assert running.get("/version") == VERSION
        assert len(json.loads(running.get("/health"))["run"]) == 32
        status = json.loads(running.command("status", "--json").stdout)
        assert [status[name] for name in ("app", "version", "state")] == [
            "your-app",
            "1.2.0",
            "running",
        ]
        assert running.end() == 0
        assert "Application shutdown complete" in running.output()
    assert (home / "data/app.db").exists()


def test_a_second_start_runs_the_application_beside_the_first(home: Path, wine: Wine) -> None:
    with wine.application(home) as running:
        assert running.get("/version") == VERSION
        second = wine.run_python(home / "your-app.exe", "--version")
        assert second.stdout.strip() == "your_app 1.2.0"
        assert second.returncode == 0
        running.end()


# The check that finish.py makes on Windows itself.
def test_every_module_of_the_trimmed_windows_tree_can_be_imported(
    built: Built, home: Path, wine: Wine
) -> None:
    ended = wine.finish(built.project / "packaging/finish.py", home, "1.2.0")
    assert ended.returncode == 0, ended.stdout
    assert "modules can be imported, as before the cut" in ended.stdout


def test_without_a_launcher_the_zip_starts_with_a_script(
    built: Built, home: Path, wine: Wine
) -> None:
    text = (built.project / "packaging/run.cmd").read_text().replace("@PACKAGE@", "your_app")
    (home / "run.cmd").write_bytes(text.replace("\n", "\r\n").encode())
    port = str(free_port())
    wine.start("cmd.exe", "/c", windows_path(home / "run.cmd"), "--port", port)
    assert get(int(port), "/version") == VERSION
    assert (home / "data/app.db").exists()
