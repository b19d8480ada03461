# SPDX-License-Identifier: MIT
"""scripts/build-python: the wheel that a release has."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sandbox import SOURCE

BUILD = SOURCE / "scripts" / "build-python"
PACKAGE = SOURCE / "python" / "src" / "release_updater"

pytestmark = pytest.mark.skipif(not (SOURCE / ".git").exists(), reason="this is no git checkout")


def build(folder: Path, version: str = "") -> Path:
    done = subprocess.run([BUILD, version, folder], check=True, capture_output=True, text=True)
    return Path(done.stdout.strip())


def test_two_builds_have_the_same_bytes(tmp_path: Path) -> None:
    first, second = build(tmp_path / "first"), build(tmp_path / "second")
    assert first.read_bytes() == second.read_bytes()


def test_the_wheel_has_the_package_and_nothing_else(tmp_path: Path) -> None:
    wheel = build(tmp_path, "1.2.3-rc.1")
    assert wheel.name == "release_updater-1.2.3rc1-py3-none-any.whl"
    names = zipfile.ZipFile(wheel).namelist()
    listed = subprocess.run(
        ["git", "ls-files", "."], cwd=PACKAGE, check=True, capture_output=True, text=True
    )
    expected = {f"release_updater/{name}" for name in listed.stdout.splitlines()}
    assert {name for name in names if ".dist-info/" not in name} == expected
    assert "release_updater/py.typed" in names


def test_without_fastapi_the_package_can_be_used_but_for_its_api(tmp_path: Path) -> None:
    wheel = build(tmp_path)
    program = """
import importlib, sys
sys.path.insert(0, sys.argv[1])
import release_updater
release_updater.UpdateService()
print(release_updater.__file__)
try:
    importlib.import_module("release_updater.fastapi")
except ImportError as error:
    print(error.name)
"""
    done = subprocess.run(
        [sys.executable, "-S", "-c", program, wheel], check=True, capture_output=True, text=True
    )
    file, missing = done.stdout.splitlines()
    assert file.startswith(str(wheel))
    assert missing in ("fastapi", "pydantic")
