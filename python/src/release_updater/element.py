# SPDX-License-Identifier: MIT
"""Where <update-center> is, for those who serve it themselves."""

from __future__ import annotations

from pathlib import Path


def element_path() -> Path:
    """The file of the element: an ES module without dependencies."""
    return Path(__file__).with_name("static") / "update-center.js"
