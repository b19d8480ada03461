# SPDX-License-Identifier: MIT
"""What all workers of the application have to know: data/.launcher/service.json."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

from .files import read_json, signature, write_json
from .launcher_status import members, number, text

OperationKind = Literal["check", "download", "apply", "restart"]

KINDS: Final[tuple[OperationKind, ...]] = ("check", "download", "apply", "restart")
BETWEEN_SIGNS: Final = 1.0  # seconds
SILENT_FOR: Final = 5.0  # seconds after which the worker of an operation is taken for dead


@dataclass(frozen=True)
class Operation:
    kind: OperationKind
    version: str = ""
    at: float = 0.0  # of the last sign of life, in seconds since 1970


@dataclass(frozen=True)
class Failure:
    """How the last operation failed."""

    status: int
    """The exit status of the launcher's command."""
    message: str


@dataclass(frozen=True)
class Shared:
    operation: Operation | None = None
    failure: Failure | None = None
    attempted: float = 0.0  # the last check, in seconds since 1970
    asked: float = 0.0  # the last check that a person asked for


class SharedState:
    """Only the worker that holds the lock of operations writes."""

    def __init__(self, path: Path, run: str) -> None:
        self._path = path
        self._run = run
        self._signature: object = None
        self._content: dict[str, Any] = {}

    def read(self) -> Shared:
        now = signature(self._path)
        if now != self._signature:
            self._content, self._signature = read_json(self._path), now
        return parse_shared(self._content, self._run)

    def write(self, shared: Shared) -> None:
        """Ignores that it cannot be written: then the other workers do not know."""
        content = {"format": 1, "run": self._run, **asdict(shared)}
        try:
            write_json(self._path, content)
        except OSError:
            self._content = content

    def change(self, **changes: Any) -> None:
        self.write(replace(self.read(), **changes))


def parse_shared(json: dict[str, Any], run: str) -> Shared:
    shared = Shared(attempted=seconds(json, "attempted"), asked=seconds(json, "asked"))
    if text(json, "run") != run:  # of an earlier start
        return shared
    failure = members(json, "failure")
    if failure:
        shared = replace(
            shared, failure=Failure(number(failure, "status"), text(failure, "message"))
        )
    return replace(shared, operation=parse_operation(members(json, "operation")))


def parse_operation(json: Any) -> Operation | None:
    kind = next((one for one in KINDS if one == text(json, "kind")), None)
    at = seconds(json, "at")
    if kind is None or abs(time.time() - at) > SILENT_FOR:
        return None
    return Operation(kind, text(json, "version"), at)


def seconds(json: Any, name: str) -> float:
    value = json.get(name)
    return float(value) if isinstance(value, int | float) else 0.0
