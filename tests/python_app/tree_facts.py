# SPDX-License-Identifier: MIT
"""Says what a built tree holds, a fact a line: tree_facts.py TREE. Shares no code with the template's own checks.

library PATH FORMAT       every library and program, by its first bytes
package NAME VERSION …    every package, with which of METADATA, INSTALLER and RECORD it has
changed PATH              a file that differs from what its package's RECORD says of it
"""

import base64
import csv
import hashlib
import struct
import sys
from pathlib import Path


def format_of(file):
    data = file.read_bytes()[:4096]
    if data[:4] == b"\x7fELF":
        return "elf-%d" % struct.unpack_from("<H", data, 18)
    if data[:2] == b"MZ":
        at = struct.unpack_from("<I", data, 60)[0]
        return "pe-%x" % struct.unpack_from("<H", data, at + 4)
    return None


tree = Path(sys.argv[1])
for file in sorted(tree.rglob("*")):
    found = format_of(file) if file.is_file() and not file.is_symlink() else None
    if found or (file.is_file() and not file.is_symlink() and file.suffix in (".so", ".pyd", ".dll")):
        print("library", file.relative_to(tree), found)
for info in sorted(tree.rglob("*.dist-info")):
    name, version = info.name[: -len(".dist-info")].rsplit("-", 1)
    has = [part for part in ("METADATA", "INSTALLER", "RECORD") if (info / part).exists()]
    print("package", name, version, *has)
    for path, digest, _ in csv.reader((info / "RECORD").open(encoding="utf-8")):
        file = info.parent / path
        if not digest:
            continue
        kind, expected = digest.split("=", 1)
        got = hashlib.new(kind, file.read_bytes()).digest() if file.exists() else b""
        if base64.urlsafe_b64encode(got).rstrip(b"=").decode() != expected:
            print("changed", file.relative_to(tree))
