# SPDX-License-Identifier: MIT
"""The installer under wine, in silent mode. Its exit status proves nothing there: files, registry
and shortcuts do."""

import json
import subprocess
from pathlib import Path

import pytest

from project import Built, disappears, eventually, run
from windows import NEXT_INSTALLER, NEXT_TREE, Wine, windows_path

VERSION_1 = '{"name":"your_app","version":"1.2.0"}'
VERSION_2 = '{"name":"your_app","version":"1.3.0rc1"}'
ENTRY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\your-app"
SETTINGS = r"Software\your-app"


def install(wine: Wine, installer: Path, *switches: str, status: int = 0) -> None:
    ended = wine.run(installer, "/S", *switches)
    assert ended.returncode == status, ended.stdout


def difference(tree: Path, installed: Path) -> str:
    """The output of `diff` for a tree and that of the version in use."""
    return run("diff", "-r", "--exclude=__pycache__", tree, installed / "current").stdout


# Without InstallDirRegKey and Uninstall key, neither an update nor an uninstallation finds the
# folder.
def test_the_installer_installs_the_tree_registers_it_and_creates_the_shortcuts(
    built: Built, wine: Wine
) -> None:
    install(wine, built.installer)
    assert difference(built.windows_tree, wine.installed) == ""
    assert (wine.installed / "uninstall.exe").exists()
    assert r"\AppData\Local\your-app" in wine.registry(SETTINGS, "InstallDir")
    assert wine.registry(ENTRY, "DisplayName") == "Your App"
    assert wine.registry(ENTRY, "DisplayVersion") == "1.2.0"
    assert wine.registry(ENTRY, "Publisher") == "Your Name"
    assert 'uninstall.exe" /S' in wine.registry(ENTRY, "QuietUninstallString")
    assert wine.registry(ENTRY, "NoModify") == "0x1"
    assert int(wine.registry(ENTRY, "EstimatedSize"), 16) > 30000
    config = json.loads((wine.installed / "updater/config.json").read_text())
    assert config["type"] == "installer"
    for link in (wine.desktop_link, wine.menu_link):
        assert r"your-app\your-app.exe" in wine.shortcut(link)
        assert "--open" in wine.shortcut(link)
    assert not wine.autostart_link.exists()

    with wine.application(wine.installed) as running:
        assert running.get("/version") == VERSION_1
        running.end()


# Installing over the old version would leave stale files behind, and could delete the data.
def test_an_update_removes_all_files_of_the_old_version_and_keeps_the_data(
    built: Built, wine: Wine
) -> None:
    home = wine.c / "my folder/app"
    # Passed unquoted: NSIS requires the folder without quotes.
    line = rf"{windows_path(built.installer)} /S /D=C:\my folder\app"
    (wine.c / "install.bat").write_bytes(line.encode() + b"\r\n")
    assert wine.run("cmd.exe", "/c", r"C:\install.bat").returncode == 0
    (home / "data").mkdir(exist_ok=True)
    (home / "data/user.txt").write_text("mine")
    (home / "updater/trusted.pub").write_text("set by the user\n")
    (home / "updater/ready/1.1.0/current").mkdir(parents=True)
    current = home / "current"
    only_in_1 = (current / "python/Lib/site-packages/tzdata", current / "app/your_app/web.py")
    for path in only_in_1:
        assert path.exists()

    install(wine, NEXT_INSTALLER)  # finds the folder by itself
    assert difference(NEXT_TREE, home) == ""
    for path in (*only_in_1, home / "current.old", home / "updater/ready", wine.installed):
        assert not path.exists()
    assert (home / "data/user.txt").read_text() == "mine"
    assert (home / "updater/trusted.pub").read_text() == "set by the user\n"
    assert wine.registry(ENTRY, "DisplayVersion") == "1.3.0rc1"
    with wine.application(home) as running:
        assert running.get("/version") == VERSION_2
        running.end()


# In silent mode a message box must not block, and a running application must be found in every way
# in which it can be started.
def test_an_update_waits_for_the_running_application_and_replaces_it_after_its_end(
    built: Built, wine: Wine
) -> None:
    install(wine, built.installer)
    with wine.application(wine.installed) as running:
        assert running.get("/version") == VERSION_1
        update = wine.start(NEXT_INSTALLER, "/S", "/START")
        with pytest.raises(subprocess.TimeoutExpired):
            update.wait(timeout=4)
        assert difference(built.windows_tree, wine.installed) == ""  # unchanged while it runs
        running.end()
        assert update.wait(timeout=60) == 0
        assert difference(NEXT_TREE, wine.installed) == ""
        url = wine.installed / "data/.launcher/url"
        assert eventually(lambda: url.exists() and url.read_text() != "")  # /START: it runs again


def test_an_update_with_stop_ends_the_application_even_one_that_does_not_react(
    built: Built, wine: Wine
) -> None:
    install(wine, built.installer)
    with wine.application(wine.installed) as running:
        assert running.get("/version") == VERSION_1
        install(wine, NEXT_INSTALLER, "/STOP")
        running.process.wait(timeout=10)
        assert "Application shutdown complete" in running.output()
        assert difference(NEXT_TREE, wine.installed) == ""

    # A version that does not look at its input.
    release = wine.installed / "current/RELEASE.json"
    deaf = json.loads(release.read_text())
    deaf["stop_timeout_s"] = 2
    deaf["start"] = ["python/python.exe", "-I", "-c", "import time; time.sleep(100)"]
    release.write_text(json.dumps(deaf))
    with wine.application(wine.installed) as running:
        assert eventually(lambda: (wine.installed / "data/.launcher/url").exists())
        install(wine, built.installer, "/STOP")
        running.process.wait(timeout=10)
        assert difference(built.windows_tree, wine.installed) == ""


# The layout from before there was the launcher.
def test_an_installation_of_the_old_layout_is_replaced_and_keeps_its_data(
    built: Built, wine: Wine
) -> None:
    home = wine.installed
    for file in ("python/pythonw.exe", "app/your_app/web.py", "scripts/app.env", "data/app.txt"):
        (home / file).parent.mkdir(parents=True, exist_ok=True)
        (home / file).write_text("old")
    install(wine, built.installer)
    assert difference(built.windows_tree, home) == ""
    assert (home / "data/app.txt").read_text() == "old"
    for name in ("python", "app", "scripts", "python.old"):
        assert not (home / name).exists()


def test_an_update_gives_up_and_changes_nothing_if_the_application_does_not_end(
    built: Built, wine: Wine
) -> None:
    install(wine, built.installer)
    with wine.application(wine.installed) as running:
        assert running.get("/version") == VERSION_1
        install(wine, NEXT_INSTALLER, status=3)
        assert difference(built.windows_tree, wine.installed) == ""
        assert wine.registry(ENTRY, "DisplayVersion") == "1.2.0"
        assert running.get("/version") == VERSION_1
        running.end()


# In silent mode, too, the choice of sections is remembered, deleted shortcuts stay deleted, and
# /AUTOSTART works.
def test_an_update_creates_no_shortcut_that_the_user_removed_and_keeps_existing_ones(
    built: Built, wine: Wine
) -> None:
    install(wine, built.installer, "/AUTOSTART")
    assert "your-app.exe" in wine.shortcut(wine.autostart_link)
    wine.desktop_link.unlink()
    install(wine, NEXT_INSTALLER)
    assert not wine.desktop_link.exists()
    assert wine.autostart_link.exists()
    assert wine.registry(SETTINGS, "Autostart") == "0x1"
    install(wine, NEXT_INSTALLER)
    assert not wine.desktop_link.exists()


def test_uninstalling_removes_everything_but_the_data(built: Built, wine: Wine) -> None:
    install(wine, built.installer, "/AUTOSTART")
    with wine.application(wine.installed) as running:
        running.get("/version")
        running.end()
    wine.run(wine.installed / "uninstall.exe", "/S")  # continues in a copy of itself
    links = (wine.menu_link, wine.autostart_link, wine.desktop_link)
    for path in (wine.installed / "uninstall.exe", *links):
        assert disappears(path)
    for name in ("current", "updater", "your-app.exe"):
        assert disappears(wine.installed / name)
    assert (wine.installed / "data/app.db").exists()
    assert wine.registry(ENTRY, "DisplayName") == ""
    assert wine.registry(SETTINGS, "InstallDir") == ""
