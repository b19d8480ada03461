"""Packs a folder: archive.py FOLDER FILE.zip|FILE.tar.gz

The folder is the one root of the archive. The same content gives the same bytes: sorted, of the
time SOURCE_DATE_EPOCH, owned by nobody. current/RELEASE.json is the last entry: a folder that has
it was unpacked to the end.
"""

import gzip
import os
import sys
import tarfile
import time
import zipfile
from pathlib import Path


def entries(folder: Path) -> list[tuple[Path, str]]:
    last = folder / "current/RELEASE.json"
    paths = sorted([folder, *folder.rglob("*")], key=lambda path: (path == last, path.as_posix()))
    return [(path, path.relative_to(folder.parent).as_posix()) for path in paths]


def mode(path: Path) -> int:
    return 0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644


def write_zip(folder: Path, file: Path, epoch: int) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, name in entries(folder):
            if path.is_file():
                info = zipfile.ZipInfo(name, time.gmtime(epoch)[:6])
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 3
                info.external_attr = (0o100000 | mode(path)) << 16
                archive.writestr(info, path.read_bytes())


def write_tar(folder: Path, file: Path, epoch: int) -> None:
    def settle(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        info.mtime = epoch
        info.mode = 0o777 if info.issym() else 0o755 if info.mode & 0o100 else 0o644
        return info

    with (
        file.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive,
    ):
        for path, name in entries(folder):
            archive.add(path, name, recursive=False, filter=settle)


if __name__ == "__main__":
    folder, file = Path(sys.argv[1]), Path(sys.argv[2])
    write = write_zip if file.suffix == ".zip" else write_tar
    write(folder, file, int(os.environ["SOURCE_DATE_EPOCH"]))
