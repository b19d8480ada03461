# SPDX-License-Identifier: MIT
"""A page that follows the events of an application."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from installed import ADMIN, API, PATIENCE, Installed


def address(app: Installed) -> str:
    return f"{app.url.replace('http', 'ws')}{API}/events"


class Following:
    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    def until(self, kind: str) -> dict[str, Any]:
        """The next message of that type."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            message = json.loads(self._connection.recv(PATIENCE))
            if message["type"] == kind:
                return message
        raise AssertionError(f"there was no {kind}")

    def ends_with(self) -> int | None:
        """The code with which the application closes the connection."""
        try:
            while True:
                self._connection.recv(PATIENCE)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None


@contextmanager
def events(app: Installed) -> Iterator[Following]:
    with connect(address(app), additional_headers=ADMIN) as connection:
        yield Following(connection)
