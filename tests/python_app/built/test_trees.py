# SPDX-License-Identifier: MIT
"""The content of both builds, as CTest's fixture made them."""

import base64
import csv
import hashlib
import json
import struct
from collections.abc import Iterator
from pathlib import Path

from project import Built, Project, environment, run

WHOLE = ["METADATA", "INSTALLER", "RECORD"]


def files_in(tree: Path) -> Iterator[Path]:
    return (path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())


def format_of(file: Path) -> str | None:
    """Of a library or program, by its first bytes. Shares no code with the template's own check."""
    with file.open("rb") as opened:
        data = opened.read(4096)
    if data[:4] == b"\x7fELF":
        return f"elf-{struct.unpack_from('<H', data, 18)[0]}"
    if data[:2] == b"MZ":
        [start] = struct.unpack_from("<I", data, 60)
        return f"pe-{struct.unpack_from('<H', data, start + 4)[0]:x}"
    return None


def libraries(tree: Path) -> dict[str, str | None]:
    formats = {str(file.relative_to(tree)): format_of(file) for file in files_in(tree)}
    suffixes = (".so", ".pyd", ".dll")
    return {file: kind for file, kind in formats.items() if kind or file.endswith(suffixes)}


def packages(tree: Path) -> list[tuple[str, str, list[str]]]:
    """Name, version, and which of the files of WHOLE there are."""
    result = []
    for info in tree.rglob("*.dist-info"):
        name, version = info.stem.rsplit("-", 1)
        result.append((name, version, [part for part in WHOLE if (info / part).exists()]))
    return result


def changed(tree: Path) -> list[Path]:
    """The files that differ from the digest in their package's RECORD."""
    result = []
    for record in tree.rglob("*.dist-info/RECORD"):
        for path, digest, _ in csv.reader(record.read_text().splitlines()):
            if digest:
                kind, expected = digest.split("=", 1)
                file = record.parents[1] / path
                got = hashlib.new(kind, file.read_bytes()).digest() if file.exists() else b""
                if base64.urlsafe_b64encode(got).rstrip(b"=").decode() != expected:
                    result.append(file)
    return result


# Wheels and environment markers must be those of the target, not of the build machine.
def test_the_windows_tree_has_windows_packages_and_libraries_the_linux_tree_those_for_linux(
    built: Built,
) -> None:
    on_windows = libraries(built.windows_tree)
    on_linux = libraries(built.linux_tree)
    assert len(on_windows) > 30
    assert {file: kind for file, kind in on_windows.items() if kind != "pe-8664"} == {}
    assert len(on_linux) > 10
    assert {file: kind for file, kind in on_linux.items() if kind != "elf-62"} == {}
    for_windows = {name for name, *_ in packages(built.windows_tree)}
    for_linux = {name for name, *_ in packages(built.linux_tree)}
    assert "tzdata" in for_windows - for_linux
    assert "uvloop" in for_linux - for_windows
    assert [file for file in on_windows if "uvloop" in file] == []
    assert not (built.windows_tree / "python/Lib/site-packages/uvloop").exists()


# The project itself is installed, in the version of the tag.
def test_both_trees_contain_the_project_in_the_version_of_the_tag(built: Built) -> None:
    for tree in built.trees:
        ours = [package for package in packages(tree) if package[0].startswith("your_app")]
        assert ours == [("your_app", "1.2.0", WHOLE)]


# Packages are installed, not just unzipped, and stay complete.
def test_every_package_keeps_its_metadata_entry_points_and_licence_and_no_data_folder_remains(
    built: Built,
) -> None:
    for tree in built.trees:
        assert len(packages(tree)) > 15
        assert [package for package in packages(tree) if package[2] != WHOLE] == []
        assert list(tree.rglob("*.data")) == []
        assert list(tree.rglob("direct_url.json")) == []  # would contain the folder of the build
    [uvicorn] = built.windows_tree.rglob("uvicorn-*.dist-info")
    assert (uvicorn / "entry_points.txt").exists()
    assert list((uvicorn / "licenses").glob("LICENSE*"))


def test_no_file_of_a_tree_is_a_hard_link_into_uvs_cache(built: Built) -> None:
    for tree in built.trees:
        assert [file for file in files_in(tree) if file.stat().st_nlink > 1] == []


# Stripping libraries or deleting .py files would change packages.
def test_the_files_kept_from_a_package_are_unchanged(built: Built) -> None:
    for tree in built.trees:
        assert changed(tree) == []
    site = built.linux_tree / "python/lib/python3.11/site-packages"
    assert (site / "starlette/status.py").exists()


def test_files_that_are_not_needed_at_run_time_are_left_out(built: Built) -> None:
    for tree in built.trees:
        for name in ("__pycache__", "pip", "setuptools", "*.pyi"):
            assert list(tree.rglob(name)) == []
        assert not (tree / "app/bin").exists()


# Appending lines to ._pth would leave earlier ones in place.
def test_python_for_windows_searches_its_own_folder_and_app_and_nowhere_else(built: Built) -> None:
    path_file = (built.windows_tree / "python/python311._pth").read_bytes()
    assert path_file == b"python311.zip\r\n.\r\n..\\app\r\nimport site\r\n"


# The archive must not contain the name of a build folder.
def test_both_archives_have_one_root_folder_with_the_applications_name(built: Built) -> None:
    for command in (("unzip", "-Z1", built.zip), ("tar", "-tzf", built.tarball)):
        ended = run(*command)
        assert ended.returncode == 0, ended.stdout
        names = ended.stdout.splitlines()
        assert len(names) > 500
        assert [name for name in names if not name.startswith("your-app/")] == []


# The launcher takes a folder without it for one that was not unpacked to the end.
def test_the_last_entry_of_both_archives_is_release_json_with_the_version_of_the_tag(
    built: Built,
) -> None:
    for command in (("unzip", "-Z1", built.zip), ("tar", "-tzf", built.tarball)):
        names = run(*command).stdout.splitlines()
        assert names[-1] == "your-app/current/RELEASE.json"
        assert "your-app/updater/config.json" in names
        assert {"your-app/your-app", "your-app/your-app.exe", "your-app/run.cmd"} & set(names)
    for tree in built.trees:
        release = json.loads((tree / "RELEASE.json").read_text())
        assert (release["app"], release["version"]) == ("your-app", "1.2.0")
        assert (tree / release["start"][0]).exists()


def test_the_archives_differ_in_platform_and_the_installers_type_is_its_own(built: Built) -> None:
    found = set()
    for tree in built.trees:
        config = json.loads((tree.parent / "updater/config.json").read_text())
        found.add((config["platform"], config["type"]))
    config = json.loads((built.windows_tree.parents[1] / "config.json").read_text())
    found.add((config["platform"], config["type"]))
    platforms = ("linux-x86_64", "windows-x86_64", "windows-x86_64")
    assert found == set(zip(platforms, ("portable", "portable", "installer"), strict=True))


def test_nothing_in_the_archives_reveals_the_build_directory(built: Built) -> None:
    for tree in built.trees:
        found = run("grep", "-rlF", built.project, tree)
        assert found.returncode == 1, found.stdout  # no match


def test_the_same_commit_gives_the_same_archive_in_another_folder(
    built: Built, project: Project
) -> None:
    env = environment(SOURCE_DATE_EPOCH="1767225600", NSIS_COMPRESSOR="zlib")
    launcher = built.windows_tree.parent / "your-app.exe"
    if launcher.exists():
        digest = hashlib.sha256(launcher.read_bytes()).hexdigest()
        env |= {"LAUNCHER_WINDOWS": str(launcher), "LAUNCHER_WINDOWS_SHA256": digest}
    ended = project.packaging("build-windows.sh", "v1.2.0", env=env)
    assert ended.returncode == 0, ended.stdout
    same = (project.path / "build" / built.zip.name).read_bytes() == built.zip.read_bytes()
    assert same
    again = project.path / "again.tar.gz"
    tree = built.linux_tree.parent
    ended = project.run("python3", "packaging/archive.py", tree, again, env=env)
    assert ended.returncode == 0, ended.stdout
    same = again.read_bytes() == built.tarball.read_bytes()
    assert same
