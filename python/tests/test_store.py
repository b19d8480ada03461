# SPDX-License-Identifier: MIT
"""Settings in a database of the application, in place of the package's own file."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from installed import API
from release_updater import StoredSettings, UpdateService
from release_updater.fastapi import create_router

NAME = "updates"


class DatabaseStore:
    """As an application would write it that has a table of settings."""

    def __init__(self, file: Path) -> None:
        self._file = file
        with closing(sqlite3.connect(file)) as database, database:
            database.execute("CREATE TABLE IF NOT EXISTS settings (name PRIMARY KEY, value)")

    async def load(self) -> StoredSettings:
        with closing(sqlite3.connect(self._file)) as database:
            row = database.execute("SELECT value FROM settings WHERE name = ?", [NAME]).fetchone()
        return StoredSettings(**json.loads(row[0])) if row else StoredSettings()

    async def save(self, settings: StoredSettings) -> None:
        row = (NAME, json.dumps(asdict(settings)))
        with closing(sqlite3.connect(self._file)) as database, database:
            database.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", row)


def ask(file: Path, method: str, path: str, content: dict[str, Any] | None = None) -> Any:
    """What a new start of the application answers."""
    app = FastAPI()
    service = UpdateService(store=DatabaseStore(file))
    app.include_router(create_router(service, require_admin=lambda: None))

    async def answer() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, f"{API}{path}", json=content)

    answered = asyncio.run(answer())
    assert answered.status_code == 200, answered.text
    return answered.json()


def test_settings_and_the_dismissed_version_are_kept_in_a_database(tmp_path: Path) -> None:
    file = tmp_path / "app.db"
    settings = ask(file, "GET", "/settings")
    changed = settings | {"enabled": False, "check_interval_hours": 6, "auto": "download"}
    assert changed != settings
    ask(file, "PUT", "/settings", changed)
    ask(file, "POST", "/dismiss", {"version": "1.1.0"})
    assert ask(file, "GET", "/settings") == changed
    assert ask(file, "GET", "/status")["dismissed"] == "1.1.0"
