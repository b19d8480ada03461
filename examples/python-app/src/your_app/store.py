"""What the application keeps: a database in the data folder."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

SCHEMA = """
CREATE TABLE IF NOT EXISTS starts (at TEXT NOT NULL, version TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS notes (at TEXT NOT NULL, text TEXT NOT NULL);
"""


class Start(NamedTuple):
    at: datetime
    version: str


class Note(NamedTuple):
    at: datetime
    text: str


class Store:
    """Each call opens the file anew, because requests come from several threads."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = file
        with closing(self._connect()) as database, database:
            database.executescript(SCHEMA)

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=10)

    def _write(self, statement: str, text: str) -> None:
        with closing(self._connect()) as database, database:
            database.execute(statement, (datetime.now(UTC).isoformat(), text))

    def _read(self, statement: str) -> list[tuple[str, str]]:
        with closing(self._connect()) as database:
            return database.execute(statement).fetchall()

    def add_start(self, version: str) -> None:
        self._write("INSERT INTO starts VALUES (?, ?)", version)

    def add_note(self, text: str) -> None:
        self._write("INSERT INTO notes VALUES (?, ?)", text)

    def starts(self) -> list[Start]:
        """The latest first."""
        rows = self._read("SELECT at, version FROM starts ORDER BY rowid DESC")
        return [Start(datetime.fromisoformat(at), version) for at, version in rows]

    def notes(self) -> list[Note]:
        """The latest first."""
        rows = self._read("SELECT at, text FROM notes ORDER BY rowid DESC")
        return [Note(datetime.fromisoformat(at), text) for at, text in rows]
