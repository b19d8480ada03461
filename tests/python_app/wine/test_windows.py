# SPDX-License-Identifier: MIT
"""The zip for Windows, started under wine."""

from pathlib import Path

import pytest

from project import Built, disappears, free_port, get, run
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
        assert running.get("/health") == '{"status":"ok"}'
        assert (home / "data/your_app.pid").exists()
        assert running.quit(home / "data") == 0


# The check that finish.py makes on Windows itself.
def test_every_module_of_the_trimmed_windows_tree_can_be_imported(
    built: Built, home: Path, wine: Wine
) -> None:
    ended = wine.finish(built.project / "packaging/finish.py", home, "1.2.0")
    assert ended.returncode == 0, ended.stdout
    assert "modules can be imported, as before the cut" in ended.stdout


# pythonw has no standard output, without which uvicorn fails.
def test_the_hidden_start_runs_the_application_with_pythonw_which_writes_its_log_to_a_file(
    home: Path, wine: Wine
) -> None:
    port = free_port()  # the launcher sets none
    main = home / "app/your_app/__main__.py"
    text = main.read_text()
    assert "PORT = 8765" in text
    main.write_text(text.replace("PORT = 8765", f"PORT = {port}"))
    wine.start("wscript.exe", windows_path(home / "scripts/start-hidden.vbs"))
    assert get(port, "/version") == VERSION
    assert "Uvicorn running on" in (home / "logs/your_app.log").read_text()
    (home / "data/your_app.quit").touch()
    assert disappears(home / "data/your_app.pid")
