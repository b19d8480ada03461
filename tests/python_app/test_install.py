# SPDX-License-Identifier: MIT
"""What the build installs into a tree."""

import re

import pytest

from project import Project, environment


# A sed over all lines that begin with version would also change other tables.
def test_the_tags_version_is_written_to_project_of_a_copy_and_the_checkout_stays_clean(
    project: Project,
) -> None:
    project.append("pyproject.toml", '\n[tool.demo]\nversion = "7.7.7"\n')
    before = (project.path / "pyproject.toml").read_text()
    ended = project.shell(
        "begin linux v3.0.0-rc.1\ninstall_app x86_64-manylinux_2_28 $tree/app\n"
        "ls $tree/app; git status --porcelain --untracked-files=all"
    )
    assert ended.returncode == 0, ended.stdout
    assert "your_app-3.0.0rc1.dist-info" in ended.stdout
    assert "?? " not in ended.stdout
    assert (project.path / "pyproject.toml").read_text() == before
    stamped = (project.path / "build/linux/source/pyproject.toml").read_text()
    assert 'version = "3.0.0rc1"' in stamped
    assert 'version = "7.7.7"' in stamped


# Falling back to pip would build the dependency for the build machine.
def test_a_dependency_without_a_wheel_stops_the_build(project: Project) -> None:
    project.replace("pyproject.toml", '"tzlocal>=5",', '"tzlocal>=5", "docopt==0.6.2",')
    locked = project.run("uv", "lock", "--quiet")
    if locked.returncode != 0:
        pytest.skip(f"no package index can be reached: {locked.stdout}")
    ended = project.shell(
        "begin windows v1.0.0\ninstall_dependencies x86_64-pc-windows-msvc $tree/site"
    )
    assert ended.returncode != 0, ended.stdout
    assert "docopt" in ended.stdout


# The lock file has the checksum of every package.
def test_a_package_that_does_not_match_the_lock_file_is_not_installed(project: Project) -> None:
    lock = project.path / "uv.lock"
    wrong = re.sub(r"(h11-.*sha256:)[0-9a-f]*", r"\g<1>" + 64 * "0", lock.read_text())
    assert 64 * "0" in wrong
    lock.write_text(wrong)
    ended = project.shell(
        "begin linux v1.0.0\ninstall_dependencies x86_64-manylinux_2_28 $tree/site",
        env=environment(UV_CACHE_DIR=project.path / "build/cache"),
    )
    assert ended.returncode != 0, ended.stdout
