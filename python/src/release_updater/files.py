# SPDX-License-Identifier: MIT
"""Small JSON files that several processes read and write."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

MAX_BYTES: Final = 1 << 20
RETRIES: Final = 20
"""Windows refuses to open or replace a file that another process has just opened."""


def read_json(path: Path) -> dict[str, Any]:
    """The object in the file; {} if there is no file, or no object in it."""
    try:
        with path.open("rb") as file:
            parsed = json.loads(file.read(MAX_BYTES))
    except (OSError, ValueError):
        return {}
    return parsed if isinstance(parsed, dict) else {}


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Writes the file so that a reader sees the old content or the new one. Raises OSError."""
    # Requests are found by the beginning of their names, so that of an unfinished file differs.
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    try:
        replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def replace(source: Path, target: Path) -> None:
    for _ in range(RETRIES if os.name == "nt" else 0):
        try:
            source.replace(target)
            return
        except PermissionError:
            time.sleep(0.02)
    source.replace(target)


def signature(path: Path) -> tuple[int, int, int] | None:
    """Changes when the file does; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size, status.st_ino)
