# SPDX-License-Identifier: MIT
"""Lets a Python application update itself from signed releases."""

from .element import element_path
from .errors import LauncherError, NotPossible, TooSoon, UpdateError
from .events import events
from .health import announce_address, health
from .installation import Installation
from .launcher import Launcher
from .launcher_status import Answer, LastResult, LauncherStatus, Note, Update
from .limits import Reason
from .service import UpdateService
from .settings import JsonSettingsStore, MemorySettingsStore, SettingsStore, StoredSettings
from .status import Settings, Status
from .stop_listener import listen_for_stop

__version__ = "1.0.0"

__all__ = [
    "Answer",
    "Installation",
    "JsonSettingsStore",
    "LastResult",
    "Launcher",
    "LauncherError",
    "LauncherStatus",
    "MemorySettingsStore",
    "NotPossible",
    "Note",
    "Reason",
    "Settings",
    "SettingsStore",
    "Status",
    "StoredSettings",
    "TooSoon",
    "Update",
    "UpdateError",
    "UpdateService",
    "announce_address",
    "element_path",
    "events",
    "health",
    "listen_for_stop",
]
