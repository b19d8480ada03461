# SPDX-License-Identifier: MIT
from collections.abc import Iterator
from pathlib import Path

import pytest

from project import BUILT, program
from windows import Wine


@pytest.fixture
def wine(tmp_path: Path) -> Iterator[Wine]:
    """A separate Windows for one test: a copy of the prefix that CTest's fixture made."""
    program("wine")
    program("timeout")
    if not (BUILT / "prefix").exists():
        pytest.skip("the fixture made no wine prefix")
    wine = Wine(tmp_path / "prefix")
    yield wine
    wine.shut_down()
