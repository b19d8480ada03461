# SPDX-License-Identifier: MIT
"""scripts/demo --update, as somebody sees it who wants to know what this project does."""

from __future__ import annotations

import subprocess

import pytest

from sandbox import BUILD, SOURCE

MISSING = 77  # exit status
SHOWN = [
    "available: 1.1.0 (signed)",
    "→ updated from 1.0.0 to 1.1.0",
    'running: {"name":"your_app","version":"1.1.0"}',
    "available: 1.2.0 (signed)",
    "→ 1.2.0 did not work; 1.1.0 is back",
    'running: {"name":"your_app","version":"1.1.0"}',
    "the note that was written under 1.0.0 is there",
    "the application has ended",
]


def test_the_demo_shows_an_update_and_how_a_broken_version_is_taken_back() -> None:
    if BUILD != SOURCE / "build" / "dev":
        pytest.skip("the demo builds the preset `dev`, and this is another one")
    demo = subprocess.run(
        [SOURCE / "scripts" / "demo", "--update"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if demo.returncode == MISSING:
        pytest.skip(demo.stdout.splitlines()[-1])
    assert demo.returncode == 0, demo.stdout
    rest = demo.stdout
    for line in SHOWN:
        assert line in rest, f"{line} is missing, or comes too early:\n{demo.stdout}"
        rest = rest.partition(line)[2]
