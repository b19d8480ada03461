# SPDX-License-Identifier: MIT
"""What shows the launcher that a new version works: its address, and an answer at /health."""

from __future__ import annotations

from .files import replace
from .installation import Installation


def health(installation: Installation | None = None) -> dict[str, str]:
    """The answer of GET /health."""
    installation = installation or Installation.from_environment()
    answer = {"status": "ok"}
    if installation is not None and installation.run:
        answer["run"] = installation.run
    return answer


def announce_address(address: str, installation: Installation | None = None) -> None:
    """Tells the launcher where the application listens, such as http://127.0.0.1:8000. Does nothing
    if no launcher started it. Raises OSError."""
    installation = installation or Installation.from_environment()
    if installation is None or installation.url_file is None:
        return
    part = installation.url_file.with_suffix(".part")
    part.write_text(address + "\n", encoding="utf-8")
    replace(part, installation.url_file)
