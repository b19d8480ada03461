# SPDX-License-Identifier: MIT
"""The tarball for Linux, unpacked elsewhere and started without using anything of this machine."""

import hashlib
import json
import shutil
import signal
from pathlib import Path

import pytest

from project import TEMPLATE, Built, Running, eventually, run

STOPPED = 128 + signal.SIGTERM  # as uvicorn ends


@pytest.fixture
def home(built: Built, tmp_path: Path) -> Path:
    """The tarball unpacked below a folder with a space in its name."""
    folder = tmp_path / "a folder"
    folder.mkdir()
    ended = run("tar", "-xzf", built.tarball, "-C", folder)
    assert ended.returncode == 0, ended.stdout
    return folder / "your-app"


def child_of(pid: int) -> str:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0]


def mapped_files(pid: str) -> list[str]:
    """The files that a process has mapped into its memory."""
    lines = Path(f"/proc/{pid}/maps").read_text().splitlines()
    return [line[line.index("/") :] for line in lines if "/" in line]


# A packed virtual environment would contain absolute paths of the build machine.
def test_after_a_move_and_with_an_empty_environment_the_application_prints_the_tags_version(
    home: Path,
) -> None:
    with Running(home / "your-app", env={}) as running:
        assert running.get("/version") == '{"name":"your_app","version":"1.2.0"}'
        assert json.loads(running.get("/health"))["status"] == "ok"
        assert "<h1>Your App 1.2.0</h1>" in running.get("/")

        # No Python of this machine is involved.
        files = mapped_files(child_of(running.process.pid))
        assert any(f"{home}/current/python/lib/python3.11/site-packages/" in file for file in files)
        foreign = [file for file in files if not file.startswith(str(home))]
        assert [file for file in foreign if "python" in file] == []
        assert running.end() == STOPPED

    for link in (path for path in home.rglob("*") if path.is_symlink()):
        assert not link.readlink().is_absolute()
        assert link.resolve(strict=True).is_relative_to(home)


def test_the_data_is_kept_beside_the_application_across_restarts_and_updates(
    built: Built, home: Path, tmp_path: Path
) -> None:
    with Running(home / "your-app", env={}) as running:
        assert "Starts from this folder: 1" in running.get("/")
        running.end()
    shutil.rmtree(home / "current")  # which an update replaces
    shutil.copytree(built.linux_tree, home / "current", symlinks=True)
    # A user's variables and packages do not change what is imported.
    user = tmp_path / "user"
    user.mkdir()
    (user / "fastapi.py").write_text("raise SystemExit('not this one')\n")
    env = {"PYTHONPATH": str(user), "PYTHONHOME": str(user)}
    with Running(home / "your-app", env=env, cwd=user) as running:
        assert "Starts from this folder: 2" in running.get("/")
        running.end()


def test_the_launcher_knows_the_application_and_stops_it(home: Path) -> None:
    with Running(home / "your-app", env={}) as running:
        run_value = json.loads(running.get("/health"))["run"]
        assert len(run_value) == 32
        url = home / "data/.launcher/url"
        assert eventually(
            lambda: url.is_file() and url.read_text() == f"http://127.0.0.1:{running.port}"
        )

        def said() -> list[str]:
            status = json.loads(run(home / "your-app", "--launcher", "status", "--json").stdout)
            return [status[member] for member in ("app", "version", "state")]

        # What the launcher says about itself is written a few times a second.
        assert eventually(lambda: said() == ["your-app", "1.2.0", "running"])
        ended = run(home / "your-app", "--launcher", "stop")
        assert ended.returncode == 0, ended.stdout
        assert running.process.wait(timeout=60) == STOPPED


def test_the_new_version_is_in_use_once_it_answers_and_the_data_is_kept(home: Path) -> None:
    """The archive of a later version, of which only the number is different."""
    with Running(home / "your-app", env={}) as running:
        assert "Starts from this folder: 1" in running.get("/")
        running.end()
    ready = home / "updater/ready/1.3.0"
    shutil.copytree(home / "current", ready / "current", symlinks=True)
    (ready / "payload").write_text(hashlib.sha256(b"1.3.0").hexdigest())
    file = ready / "current/RELEASE.json"
    file.write_text(file.read_text().replace('"1.2.0"', '"1.3.0"'))
    ended = run(home / "your-app", "--launcher", "apply")
    assert ended.returncode == 0, ended.stdout
    with Running(home / "your-app", env={}) as running:
        assert "Starts from this folder: 2" in running.get("/")
        assert eventually(lambda: journal(home)["outcome"]["kind"] == "updated")
        running.end()
    assert (home / "updater/snapshots/1.3.0").is_dir()


def journal(home: Path) -> dict[str, dict[str, str]]:
    return json.loads((home / "updater/state.json").read_text())


def test_without_a_launcher_the_archive_starts_with_a_script(home: Path, tmp_path: Path) -> None:
    shutil.copy(TEMPLATE / "packaging/run.sh", home)
    (home / "your-app").unlink()
    with Running(home / "run.sh", env={}) as running:
        assert running.get("/health") == '{"status":"ok"}'
        assert running.end() == -signal.SIGTERM
