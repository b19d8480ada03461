# SPDX-License-Identifier: MIT
"""What updater/status.json says. Members that an older launcher does not write are empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, cast, get_args

FORMAT: Final = 1

SettledKind = Literal["updated", "returned", "rolled_back", "abandoned"]

SETTLED_KINDS: Final = get_args(SettledKind)


@dataclass(frozen=True)
class Note:
    """The release notes of one version. Unlike the summary they are not signed."""

    version: str
    text: str


@dataclass(frozen=True)
class Update:
    """A release that can be installed here."""

    version: str
    tag: str = ""
    summary: str = ""
    critical: bool = False
    size: int = 0
    page: str = ""
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class LastResult:
    """How the last update ended."""

    kind: SettledKind
    version: str
    """In use since then; "" if that is not known."""
    from_version: str
    """The other version of the update. In JSON its name is `from`."""
    message: str


@dataclass(frozen=True)
class Answer:
    """How a request ended."""

    status: int
    message: str


@dataclass(frozen=True)
class LauncherStatus:
    format: int = FORMAT
    launcher: str = ""
    app: str = ""
    version: str = ""
    state: str = ""
    phase: str = ""
    ready: str = ""
    previous: str = ""
    newest: str = ""
    outcome: str = ""
    failed: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    done: int = 0
    total: int = 0
    type: str = ""
    channel: str = ""
    checked: str = ""
    update: Update | None = None
    settled: LastResult | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)


def parse_status(json: Mapping[str, Any]) -> LauncherStatus:
    """Ignores unknown members, and those of another kind than expected."""
    return LauncherStatus(
        format=number(json, "format"),
        launcher=text(json, "launcher"),
        app=text(json, "app"),
        version=text(json, "version"),
        state=text(json, "state"),
        phase=text(json, "phase"),
        ready=text(json, "ready"),
        previous=text(json, "previous"),
        newest=text(json, "newest"),
        outcome=text(json, "outcome"),
        failed=texts(json, "failed"),
        skipped=texts(json, "skipped"),
        done=number(json, "done"),
        total=number(json, "total"),
        type=text(json, "type"),
        channel=text(json, "channel"),
        checked=text(json, "checked"),
        update=parse_update(json),
        settled=parse_settled(members(json, "settled")),
        answers=parse_answers(members(json, "answers")),
    )


def parse_update(json: Mapping[str, Any]) -> Update | None:
    update = members(json, "update")
    version = text(update, "version") or text(json, "newest")
    if not version:
        return None
    notes = update.get("notes")
    return Update(
        version=version,
        tag=text(update, "tag"),
        summary=text(update, "summary"),
        critical=update.get("critical") is True,
        size=number(update, "size"),
        page=text(update, "page"),
        notes=[
            Note(text(note, "version"), text(note, "text"))
            for note in (notes if isinstance(notes, list) else [])
            if isinstance(note, dict)
        ],
    )


def parse_settled(json: Mapping[str, Any]) -> LastResult | None:
    kind = text(json, "kind")
    if kind not in SETTLED_KINDS:
        return None
    return LastResult(
        cast(SettledKind, kind), text(json, "version"), text(json, "from"), text(json, "message")
    )


def parse_answers(json: Mapping[str, Any]) -> dict[str, Answer]:
    return {
        name: Answer(number(answer, "status"), text(answer, "message"))
        for name, answer in json.items()
        if isinstance(answer, dict)
    }


def text(json: Mapping[str, Any], name: str) -> str:
    value = json.get(name)
    return value if isinstance(value, str) else ""


def number(json: Mapping[str, Any], name: str) -> int:
    value = json.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def texts(json: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = json.get(name)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def members(json: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = json.get(name)
    return value if isinstance(value, dict) else {}
