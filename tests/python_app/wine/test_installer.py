# SPDX-License-Identifier: MIT
"""The installer under wine, in silent mode. Its exit status proves nothing there: files, registry
and shortcuts do."""

import subprocess
from pathlib import Path

import pytest

from project import Built, appears, disappears, run
from windows import NEXT_INSTALLER, NEXT_TREE, Wine, windows_path

VERSION_1 = '{"name":"your_app","version":"1.2.0"}'
VERSION_2 = '{"name":"your_app","version":"1.3.0rc1"}'
ENTRY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\your-app"
SETTINGS = r"Software\your-app"


def install(wine: Wine, installer: Path, *switches: str, status: int = 0) -> None:
    ended = wine.run(installer, "/S", *switches)
    assert ended.returncode == status, ended.stdout


def difference(tree: Path, installed: Path) -> str:
    """The output of `diff` for the tree and the installed folder, without the installer's files."""
    own = ("uninstall.exe", "data", "logs", "__pycache__")
    return run("diff", "-r", *(f"--exclude={name}" for name in own), tree, installed).stdout


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
    for link in (wine.desktop_link, wine.menu_link):
        assert r"your-app\python\pythonw.exe" in wine.shortcut(link)
        assert "-m your_app --open" in wine.shortcut(link)
    assert not wine.autostart_link.exists()

    with wine.application(wine.installed) as running:
        assert running.get("/version") == VERSION_1
        running.quit(wine.installed / "data")


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
    only_in_1 = (home / "python/Lib/site-packages/tzdata", home / "app/your_app/web.py")
    for path in only_in_1:
        assert path.exists()

    install(wine, NEXT_INSTALLER)  # finds the folder by itself
    assert difference(NEXT_TREE, home) == ""
    for path in (*only_in_1, home / "python.old", wine.installed):
        assert not path.exists()
    assert (home / "data/user.txt").read_text() == "mine"
    assert wine.registry(ENTRY, "DisplayVersion") == "1.3.0rc1"
    with wine.application(home) as running:
        assert running.get("/version") == VERSION_2
        running.quit(home / "data")


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
        running.quit(wine.installed / "data")
        assert update.wait(timeout=60) == 0
        assert difference(NEXT_TREE, wine.installed) == ""
        assert appears(wine.installed / "data/your_app.pid")  # /START: it runs again


def test_an_update_with_stop_ends_the_application_even_one_that_does_not_react(
    built: Built, wine: Wine
) -> None:
    install(wine, built.installer)
    pid_file = wine.installed / "data/your_app.pid"
    with wine.application(wine.installed) as running:
        assert running.get("/version") == VERSION_1
        install(wine, NEXT_INSTALLER, "/STOP")
        running.process.wait(timeout=10)
        assert "Application shutdown complete" in running.output()
        assert difference(NEXT_TREE, wine.installed) == ""

    # It writes its process id to the same file as the application, and sleeps.
    deaf = wine.start(
        wine.installed / "python/pythonw.exe",
        "-c",
        "import os, time, pathlib\n"
        f"pathlib.Path(r'{windows_path(pid_file)}').write_text(str(os.getpid()))\n"
        "time.sleep(100)",
    )
    assert appears(pid_file)
    install(wine, built.installer, "/STOP")
    deaf.wait(timeout=10)
    assert difference(built.windows_tree, wine.installed) == ""


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
        running.quit(wine.installed / "data")


# In silent mode, too, the choice of sections is remembered, deleted shortcuts stay deleted, and
# /AUTOSTART works.
def test_an_update_creates_no_shortcut_that_the_user_removed_and_keeps_existing_ones(
    built: Built, wine: Wine
) -> None:
    install(wine, built.installer, "/AUTOSTART")
    assert "pythonw.exe" in wine.shortcut(wine.autostart_link)
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
        running.quit(wine.installed / "data")
    wine.run(wine.installed / "uninstall.exe", "/S")  # continues in a copy of itself
    links = (wine.menu_link, wine.autostart_link, wine.desktop_link)
    for path in (wine.installed / "uninstall.exe", *links):
        assert disappears(path)
    for name in ("python", "app", "scripts"):
        assert disappears(wine.installed / name)
    assert (wine.installed / "data/app.db").exists()
    assert wine.registry(ENTRY, "DisplayName") == ""
    assert wine.registry(SETTINGS, "InstallDir") == ""
