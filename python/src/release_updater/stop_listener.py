# SPDX-License-Identifier: MIT
"""On Windows the launcher asks an application to end by closing its standard input."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO

from .installation import Installation

_is_listening = threading.Event()


def listen_for_stop(installation: Installation, stop: Callable[[], None] | None = None) -> None:
    """Does what Ctrl-C does, or calls `stop`, when the launcher asks. UpdateService calls this;
    other applications call it once. Elsewhere the launcher sends SIGTERM, and this does nothing."""
    if os.name != "nt" or not installation.run or _is_listening.is_set():
        return
    if sys.stdin is None:
        return
    _is_listening.set()
    start_listening(sys.stdin.buffer, stop or interrupt)


def start_listening(stream: BinaryIO, stop: Callable[[], None]) -> threading.Thread:
    def listen() -> None:
        try:
            while stream.read(1024):
                pass
        except (OSError, ValueError):
            return
        stop()

    thread = threading.Thread(target=listen, name="stop-listener", daemon=True)
    thread.start()
    return thread


def interrupt() -> None:
    signal.raise_signal(signal.SIGINT)
