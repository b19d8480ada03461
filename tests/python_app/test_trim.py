# SPDX-License-Identifier: MIT
"""finish.py removes the files in trim.txt, and rejects a tree that would not run."""

import shutil
from pathlib import Path

import pytest

from project import Ended, Project, environment, run

X86_64 = 0x3E
ARM64 = 0xB7


def library_for(processor: int) -> bytes:
    """The start of a Linux library for this processor: ELF, and its e_machine."""
    return b"\x7fELF" + bytes(14) + bytes([processor]) + bytes(64)


class Tree:
    """A tree as a build leaves it, with an interpreter of this machine and the files of a test."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.python = path / "python"
        ended = run("python3", "-m", "venv", "--without-pip", self.python)
        assert ended.returncode == 0, ended.stdout
        [self.site] = self.python.glob("lib/*/site-packages")
        self.package("app.pth", "../../../../app\n")
        self.write("app/your_app/__init__.py", "")
        self.write("app/your_app-1.0.0.dist-info/METADATA", "Name: your_app\n")
        self.write("app/your_app-1.0.0.dist-info/RECORD", "your_app/__init__.py,,\n")

    def write(self, file: str | Path, data: str | bytes) -> None:
        (self.path / file).parent.mkdir(parents=True, exist_ok=True)
        (self.path / file).write_bytes(data if isinstance(data, bytes) else data.encode())

    def package(self, file: str, data: str | bytes = "") -> None:
        self.write(self.site / file, data)

    def install(self, *names: str) -> None:
        command = ("uv", "pip", "install", "--quiet", "--target", self.site, "--only-binary")
        ended = run(*command, ":all:", *names, env=environment(UV_LINK_MODE="copy"))
        if ended.returncode != 0:
            pytest.skip(f"no package index can be reached: {ended.stdout}")

    def finish(self, project: Project, version: str = "1.0.0") -> Ended:
        interpreter = ("--run", "env", self.python / "bin/python3")
        script = ("python3", "packaging/finish.py")
        return project.run(*script, self.path, self.site, version, *interpreter)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path / "tree")


def test_the_trim_list_removes_tests_caches_and_stubs_and_record_lists_the_remaining_files(
    project: Project, tree: Tree
) -> None:
    tree.package("thing/__init__.py", "one = 1\n")
    tree.package("thing/core.pyi")
    tree.package("thing/deep/tests/test_core.py")
    tree.package("thing/__pycache__/core.cpython-311.pyc")
    tree.package("bin/thing", "#!/home/builder/python\n")
    tree.package("thing-1.dist-info/METADATA")
    tree.package("thing-1.dist-info/direct_url.json", "{}")
    tree.package(
        "thing-1.dist-info/RECORD",
        "thing/core.pyi,,\nthing/__init__.py,,\nbin/thing,,\nthing-1.dist-info/RECORD,,\n",
    )
    ended = tree.finish(project)
    assert ended.returncode == 0, ended.stdout
    assert "2 modules can be imported, as before the cut" in ended.stdout
    assert (tree.site / "thing/__init__.py").exists()
    for gone in ("thing/core.pyi", "thing/deep/tests", "thing/__pycache__", "bin"):
        assert not (tree.site / gone).exists()
    info = tree.site / "thing-1.dist-info"
    assert not (info / "direct_url.json").exists()
    assert (info / "RECORD").read_text() == "thing-1.dist-info/RECORD,,\nthing/__init__.py,,\n"


# Deleting parts of numpy or zeroconf, or all .py files, has broken the import or, worse, the first
# use.
def test_a_trim_list_that_removes_a_required_file_or_an_offered_module_stops_the_build(
    project: Project, tree: Tree, tmp_path: Path
) -> None:
    tree.install("numpy>=2,<3", "zeroconf")
    shutil.copytree(tree.site, tmp_path / "site")
    trim = project.path / "packaging/trim.txt"
    shipped = trim.read_text()
    for patterns, lost in (
        ("numpy/ma", ["  numpy.ma: "]),
        ("numpy/linalg\nzeroconf/_services", ["  numpy: ", "  zeroconf: "]),
        ("**/[!_]*.py", ["  numpy"]),
    ):
        trim.write_text(f"{shipped}{patterns}\n")
        shutil.rmtree(tree.site)
        shutil.copytree(tmp_path / "site", tree.site)
        ended = tree.finish(project)
        assert ended.returncode == 1, f"{patterns}: {ended.stdout}"
        for text in ("trim.txt takes away what could be imported before", *lost):
            assert text in ended.stdout


# Without f2py `from numpy import *` fails.
def test_the_shipped_trim_list_leaves_numpy_complete(project: Project, tree: Tree) -> None:
    tree.install("numpy>=2,<3")
    ended = tree.finish(project)
    assert ended.returncode == 0, ended.stdout
    assert not (tree.site / "numpy/_core/include").exists()
    used = run(
        tree.python / "bin/python3",
        "-c",
        "from numpy import *\n"
        "import numpy.testing\n"
        "assert linalg.inv([[2.0]]) == 0.5 and ma.zeros(2).sum() == 0\n"
        "assert abs(fft.ifft(fft.fft([1, 2]))[1] - 2) < 1e-9\n"
        "assert 0 <= random.default_rng().random() < 1\n",
    )
    assert used.returncode == 0, used.stdout


def test_a_library_for_another_platform_or_processor_stops_the_build(
    project: Project, tree: Tree
) -> None:
    tree.package("wrong.so", library_for(ARM64))
    ended = tree.finish(project)
    assert ended.returncode == 1, ended.stdout
    assert "wrong.so is not for x86-64" in ended.stdout


def test_a_linux_library_in_the_windows_tree_stops_the_build(project: Project, tree: Tree) -> None:
    tree.write("python/python.exe", "MZ")
    tree.package("native.cpython-311-x86_64-linux-gnu.so", library_for(X86_64))
    shutil.rmtree(tree.python / "bin")
    ended = project.run("python3", "packaging/finish.py", tree.path, tree.site, "1.0.0")
    assert ended.returncode == 1, ended.stdout
    assert "-linux-gnu.so is a library of Linux" in ended.stdout


def test_a_package_without_metadata_or_the_project_in_another_version_stops_the_build(
    project: Project, tree: Tree
) -> None:
    ended = tree.finish(project, "1.0.1")
    assert ended.returncode == 1
    assert "app/ should hold this project as 1.0.1" in ended.stdout
    tree.package("thing-1.dist-info/RECORD")
    ended = tree.finish(project)
    assert ended.returncode == 1
    assert "thing-1.dist-info has lost its METADATA" in ended.stdout
