# SPDX-License-Identifier: MIT
"""The tarball for Linux, unpacked elsewhere and started without using anything of this machine."""

import shutil
from pathlib import Path

import pytest

from project import Built, Running, run


@pytest.fixture
def home(built: Built, tmp_path: Path) -> Path:
    """The tarball unpacked below a folder with a space in its name."""
    folder = tmp_path / "a folder"
    folder.mkdir()
    ended = run("tar", "-xzf", built.tarball, "-C", folder)
    assert ended.returncode == 0, ended.stdout
    return folder / "your-app"


def mapped_files(pid: str) -> list[str]:
    """The files that a process has mapped into its memory."""
    lines = Path(f"/proc/{pid}/maps").read_text().splitlines()
    return [line[line.index("/") :] for line in lines if "/" in line]


# A packed virtual environment would contain absolute paths of the build machine.
def test_after_a_move_and_with_an_empty_environment_the_application_prints_the_tags_version(
    home: Path,
) -> None:
    with Running(home / "run.sh", env={}) as running:
        assert running.get("/version") == '{"name":"your_app","version":"1.2.0"}'
        assert running.get("/health") == '{"status":"ok"}'
        assert "<h1>your_app 1.2.0</h1>" in running.get("/")

        # No Python of this machine is involved.
        files = mapped_files((home / "data/your_app.pid").read_text().strip())
        assert any(f"{home}/python/lib/python3.11/site-packages/" in file for file in files)
        foreign = [file for file in files if not file.startswith(str(home))]
        assert [file for file in foreign if "python" in file] == []
        assert running.quit(home / "data") == 0

    for link in (path for path in home.rglob("*") if path.is_symlink()):
        assert not link.readlink().is_absolute()
        assert link.resolve(strict=True).is_relative_to(home)


def test_the_data_is_kept_beside_the_application_across_restarts_and_updates(
    built: Built, home: Path, tmp_path: Path
) -> None:
    with Running(home / "run.sh", env={}) as running:
        assert "Started 1 times" in running.get("/")
        running.quit(home / "data")
    for part in ("python", "app"):  # which an update replaces
        shutil.rmtree(home / part)
        shutil.copytree(built.linux_tree / part, home / part, symlinks=True)
    # A user's variables and packages do not change what is imported.
    user = tmp_path / "user"
    user.mkdir()
    (user / "fastapi.py").write_text("raise SystemExit('not this one')\n")
    env = {"PYTHONPATH": str(user), "PYTHONHOME": str(user)}
    with Running(home / "run.sh", env=env, cwd=user) as running:
        assert "Started 2 times" in running.get("/")
        running.quit(home / "data")
