# SPDX-License-Identifier: MIT
"""What the user has decided, and where it is kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, Literal, Protocol

from .files import read_json, signature, write_json

Auto = Literal["notify", "download"]

MIN_HOURS: Final = 1.0
MAX_HOURS: Final = 24.0 * 30


@dataclass(frozen=True)
class StoredSettings:
    """What a SettingsStore keeps."""

    enabled: bool = True
    """Whether it is looked for releases without being asked."""
    check_interval_hours: float = 24.0
    auto: Auto = "notify"
    """What happens with a release that was found."""
    dismissed: str = ""
    """The version that the user does not want to be reminded of."""


class SettingsStore(Protocol):
    """Keeps the settings: a JSON file by default; implement it to use a database."""

    async def load(self) -> StoredSettings: ...

    async def save(self, settings: StoredSettings) -> None: ...


class MemorySettingsStore:
    """Forgets them at the end of the process."""

    def __init__(self) -> None:
        self._settings = StoredSettings()

    async def load(self) -> StoredSettings:
        return self._settings

    async def save(self, settings: StoredSettings) -> None:
        self._settings = settings


class JsonSettingsStore:
    """A file, which all workers of the application share."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._signature: object = None
        self._settings = StoredSettings()

    async def load(self) -> StoredSettings:
        now = signature(self._path)
        if now != self._signature:
            self._settings, self._signature = stored_settings(read_json(self._path)), now
        return self._settings

    async def save(self, settings: StoredSettings) -> None:
        write_json(self._path, asdict(settings))


def stored_settings(json: dict[str, object]) -> StoredSettings:
    """Somebody may have edited the file: what is wrong in it keeps its default."""
    settings = StoredSettings()
    if isinstance(enabled := json.get("enabled"), bool):
        settings = replace(settings, enabled=enabled)
    hours = json.get("check_interval_hours")
    if isinstance(hours, int | float) and MIN_HOURS <= hours <= MAX_HOURS:
        settings = replace(settings, check_interval_hours=float(hours))
    if (auto := json.get("auto")) == "notify" or auto == "download":
        settings = replace(settings, auto=auto)
    if isinstance(dismissed := json.get("dismissed"), str):
        settings = replace(settings, dismissed=dismissed)
    return settings
