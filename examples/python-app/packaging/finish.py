"""Finishes a built tree: cuts what trim.txt names, and refuses a tree that would not run.

finish.py TREE SITE-PACKAGES VERSION [--run PREFIX PYTHON]
With --run the tree's own interpreter imports every public module before and after the cut.
"""

import csv
import io
import json
import shutil
import struct
import subprocess
import sys
from pathlib import Path

# Files in which an installer records this machine and the present time.
TRACES = ("direct_url.json", "uv_cache.json", "REQUESTED")
# Scripts that contain the path of this machine's Python, and headers.
DEAD = ("bin", "include", "share/man")

# Runs in the tree's interpreter. The result is a line of its own: modules may print on import.
IMPORT_ALL = """
import importlib, json, pkgutil, sys
def public(paths, prefix=""):
    names = {m.name for m in pkgutil.iter_modules(paths)} - {"test", "tests", "conftest"}
    return sorted(prefix + n for n in names if not n.startswith("_"))
def imports(name):
    try:
        return importlib.import_module(name)
    except BaseException as error:
        failed[name] = repr(error)
failed, good = {}, []
ours = [p for p in sys.path if p.replace(chr(92), "/").endswith(("/site-packages", "/app"))]
for top in public(ours):
    module = imports(top)
    if module is None: continue
    good += [top] + [n for n in public(getattr(module, "__path__", []), top + ".") if imports(n)]
print("\\n@" + json.dumps([good, failed]))
"""


def fail(message: str) -> None:
    sys.exit(f"build: {message}")


def read_list(file: Path) -> tuple[list[str], set[str]]:
    """The patterns, and the modules that are meant to go."""
    lines = [line.split("#")[0].split() for line in file.read_text(encoding="utf-8").splitlines()]
    return [words[0] for words in lines if words], {name for words in lines for name in words[1:]}


def cut(site: Path, patterns: list[str]) -> None:
    for pattern in patterns:
        for path in list(site.glob(pattern)):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def settle_records(folder: Path) -> None:
    """Each package's RECORD lists what is there, and nothing says where it was built."""
    for record in folder.glob("*.dist-info/RECORD"):
        for name in TRACES:
            (record.parent / name).unlink(missing_ok=True)
        with record.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.reader(file) if (folder / row[0]).exists()]
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(sorted(rows))
        record.write_text(text.getvalue(), encoding="utf-8", newline="\n")


def foreign(file: Path, windows: bool) -> str | None:
    """Why this file does not belong to the platform of the tree; None where it may."""
    with file.open("rb") as content:
        start = content.read(4096)
    if start[:4] == b"\x7fELF":
        machine = struct.unpack_from("<H", start, 18)[0]
        return "is a library of Linux" if windows else machine != 62 and "is not for x86-64" or None
    if windows and file.suffix in (".pyd", ".dll"):
        at = struct.unpack_from("<I", start, 60)[0] if start[:2] == b"MZ" else 0
        return None if start[at : at + 6] == b"PE\0\0\x64\x86" else "is not for x86-64"
    return None


def check_files(tree: Path) -> None:
    windows = (tree / "python/python.exe").exists()
    for file in sorted(tree.rglob("*")):
        if file.is_file() and (why := foreign(file, windows)):
            fail(f"{file.relative_to(tree)} {why}")


def check_packages(site: Path, app: Path, version: str) -> None:
    """Without METADATA a package has no version and no plugins."""
    for info in [*site.glob("*.dist-info"), *app.glob("*.dist-info")]:
        if not (info / "METADATA").exists():
            fail(f"{info.name} has lost its METADATA")
    found = [info.name for info in app.glob("*.dist-info")]
    if len(found) != 1 or not found[0].endswith(f"-{version}.dist-info"):
        fail(f"app/ should hold this project as {version}, and holds {found}")


def imported(command: list[str]) -> tuple[set[str], dict[str, str]]:
    ran = subprocess.run(
        [*command, "-I", "-B", "-W", "ignore", "-c", IMPORT_ALL],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=300,
    )  # fmt: skip
    answers = [line[1:] for line in ran.stdout.splitlines() if line.startswith("@")]
    if not answers:
        fail(f"{command} could not import the modules:\n{ran.stdout}{ran.stderr}")
    good, failed = json.loads(answers[-1])
    return set(good), failed


def main(tree: Path, site: Path, version: str, command: list[str]) -> None:
    patterns, meant = read_list(Path(__file__).with_name("trim.txt"))
    before, _ = imported(command) if command else (set(), {})
    cut(site, patterns)
    for folder in (site, tree / "app"):
        cut(folder, [*DEAD, ".lock"])
        settle_records(folder)
    for path in list(tree.rglob("__pycache__")):
        shutil.rmtree(path)
    check_files(tree)
    check_packages(site, tree / "app", version)
    if command:
        after, failed = imported(command)
        lost = sorted(name for name in before - after if name not in meant)
        if lost:
            reasons = "\n".join(f"  {name}: {failed.get(name, 'is gone')}" for name in lost)
            fail(f"trim.txt takes away what could be imported before:\n{reasons}")
        print(f"build: {len(after)} modules can be imported, as before the cut")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[5:])
