# SPDX-License-Identifier: MIT
"""Makes substitutes for the interpreters that the template ships from the Go module
github.com/kluctl/go-embed-python, which contains the files of python-build-standalone for Windows
and Linux: for machines that reach registries only.

standin.py MODULE-DIRECTORY OUT writes OUT/embed.zip (with the layout of python.org's embeddable
package), OUT/linux.tar.gz (that of python-build-standalone), OUT/tcltk/ (the files of tcltk.msi)
and OUT/python.env with their checksums, for a shell that has set STANDINS to OUT.
"""

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

MINOR = "3.11"
PATH_FILE = (
    "python311.zip\r\n.\r\n\r\n# Uncomment to run site.main() automatically\r\n#import site\r\n"
)
# python.org's package contains none of these, and no modules for Python's own tests.
LEFT_OUT = ("_tkinter", "tcl", "tk8", "tk86", "_test", "_ctypes_test")
TOOLS = ("idlelib", "turtledemo", "lib2to3", "ensurepip")
STDLIB_LEFT_OUT = ("test", "tkinter", "site-packages", *TOOLS)


def unpack(source: Path, target: Path) -> None:
    for entry in json.loads((source / "files.json").read_text())["files"]:
        path = target / entry["name"]
        packed = source / (entry["name"] + (".gz" if entry.get("compressed") else ""))
        if entry.get("symlink"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(entry["symlink"])
        elif packed.is_dir():
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            data = packed.read_bytes()
            path.write_bytes(gzip.decompress(data) if entry.get("compressed") else data)
            path.chmod(0o755 if entry["perm"] & 0o100 or path.parent.name == "bin" else 0o644)


def make_linux(python: Path, file: Path) -> None:
    for name in ("python3", "python"):
        if not (python / "bin" / name).exists():
            (python / "bin" / name).symlink_to(f"python{MINOR}")
    with tarfile.open(file, "w:gz", compresslevel=1) as archive:
        archive.add(python, "python")


def make_embed(windows: Path, interpreter: Path, file: Path) -> None:
    library = windows.parent / "stdlib"
    shutil.copytree(windows / "Lib", library, ignore=shutil.ignore_patterns("__pycache__"))
    for name in STDLIB_LEFT_OUT:
        shutil.rmtree(library / name, ignore_errors=True)
    subprocess.run([interpreter, "-m", "compileall", "-b", "-q", "-j", "2", library], check=True)
    with zipfile.ZipFile(library.parent / "python311.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(library.rglob("*.pyc")):
            archive.write(path, path.relative_to(library))
    files = [path for path in (*windows.iterdir(), *(windows / "DLLs").iterdir()) if path.is_file()]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(files):
            if path.suffix in (".exe", ".dll", ".pyd") and not path.name.startswith(LEFT_OUT):
                archive.write(path, path.name)
        archive.write(library.parent / "python311.zip", "python311.zip")
        archive.writestr("python311._pth", PATH_FILE)


def copy_tcltk(windows: Path, out: Path) -> None:
    (out / "DLLs").mkdir(parents=True)
    for name in ("_tkinter.pyd", "tcl86t.dll", "tk86t.dll"):
        shutil.copy(windows / "DLLs" / name, out / "DLLs")
    shutil.copytree(windows / "tcl", out / "tcl")
    unused = shutil.ignore_patterns("test", "__pycache__")
    shutil.copytree(windows / "Lib/tkinter", out / "Lib/tkinter", ignore=unused)


def main(module: Path, out: Path) -> None:
    data, work = module / "python/internal/data", out / "work"
    shutil.rmtree(out, ignore_errors=True)
    unpack(data / "linux-amd64", work / "linux/python")
    unpack(data / "windows-amd64", work / "windows")
    make_linux(work / "linux/python", out / "linux.tar.gz")
    make_embed(work / "windows", work / f"linux/python/bin/python{MINOR}", out / "embed.zip")
    copy_tcltk(work / "windows", out / "tcltk")
    shutil.rmtree(work)
    lines = []
    for name, file in (("PYTHON_EMBED", "embed.zip"), ("PYTHON_LINUX", "linux.tar.gz")):
        kind = "ZIP" if file.endswith("zip") else "TARBALL"
        sum_ = hashlib.sha256((out / file).read_bytes()).hexdigest()
        lines += [f"{name}_{kind}=$STANDINS/{file}", f"{name}_SHA256={sum_}"]
    (out / "python.env").write_text("\n".join(lines) + "\n")


main(Path(sys.argv[1]), Path(sys.argv[2]))
