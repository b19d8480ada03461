# SPDX-License-Identifier: MIT
"""Where an application cannot update itself, it says why, and what to do instead."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from installed import API
from release_updater import Installation, UpdateService, limits
from release_updater.fastapi import create_router
from sandbox import launcher

NOBODY = 65534


def answers(service: UpdateService, path: str = "/status") -> httpx.Response:
    """What the API of an application with this service says; POST for all but the status."""
    app = FastAPI()
    app.include_router(create_router(service, require_admin=lambda: None))

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            url = f"{API}{path}"
            return await (client.get(url) if path == "/status" else client.post(url, json={}))

    return asyncio.run(ask())


def status_of(service: UpdateService) -> dict[str, Any]:
    return answers(service).json()


@pytest.fixture
def folder() -> Iterator[Path]:
    """An installation as the launcher has left it while its application runs."""
    with tempfile.TemporaryDirectory(prefix="release-updater-") as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        for part in ("updater", "current", "data/.launcher"):
            (folder / part).mkdir(parents=True)
        (folder / "app").symlink_to(launcher())
        (folder / "updater/trusted.pub").write_text("untrusted comment: key\nRWQabc\n")
        write(folder, "config", type="portable", channel="stable")
        write(folder, "status", format=1, version="1.0.0", state="running")
        yield folder


def write(folder: Path, name: str, **content: Any) -> None:
    (folder / "updater" / f"{name}.json").write_text(json.dumps({"format": 1, **content}))


def service_in(folder: Path) -> UpdateService:
    return UpdateService(installation=Installation(folder / "app", run="r", version="1.0.0"))


def test_an_installation_that_is_whole_has_no_reason(folder: Path) -> None:
    status = status_of(service_in(folder))
    assert (status["state"], status["reason"], status["can_auto_update"]) == ("idle", None, True)


def test_in_development_it_says_where_releases_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LAUNCHER", raising=False)
    monkeypatch.setattr(limits, "is_container", lambda: False)  # the tests may run in one
    page = "https://git.example.org/owner/app/releases"
    status = status_of(UpdateService(app="your-app", version="1.2.3", releases_page=page))
    assert (status["state"], status["install_type"]) == ("disabled", "development")
    assert (status["app"], status["current"]) == ("your-app", "1.2.3")
    assert status["reason"]["code"] == "development"
    assert page in status["reason"]["instructions"]
    assert (status["can_check"], status["can_auto_update"]) == (False, False)


@pytest.mark.parametrize("path", ["/check", "/download", "/apply", "/rollback"])
def test_in_development_nothing_can_be_asked_for(
    monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.delenv("LAUNCHER", raising=False)
    assert answers(UpdateService(), path).status_code == 409


def test_in_a_container_without_a_launcher(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LAUNCHER", raising=False)
    monkeypatch.setenv("container", "podman")
    status = status_of(UpdateService())
    assert (status["reason"]["code"], status["install_type"]) == ("container", "docker")
    assert "image" in status["reason"]["instructions"]


def test_in_a_container_the_launcher_only_checks(folder: Path) -> None:
    write(folder, "config", type="docker", channel="stable")
    status = status_of(service_in(folder))
    assert (status["reason"]["code"], status["can_check"]) == ("container", True)
    assert (status["state"], status["can_auto_update"]) == ("idle", False)
    assert answers(service_in(folder), "/apply").status_code == 409


def without_key(folder: Path) -> None:
    (folder / "updater/trusted.pub").write_text("untrusted comment: no key follows\n")


def without_config(folder: Path) -> None:
    (folder / "updater/config.json").unlink()


def with_other_launcher(folder: Path) -> None:
    write(folder, "status", format=2)


@pytest.mark.parametrize(
    ("spoil", "code", "instructions"),
    [
        (without_key, "no_key", "--launcher trust"),
        (without_config, "misconfigured", "Unpack"),
        (with_other_launcher, "old_launcher", "Download"),
    ],
)
def test_what_is_wrong_with_an_installation_is_told(
    folder: Path, spoil: Callable[[Path], None], code: str, instructions: str
) -> None:
    spoil(folder)
    status = status_of(service_in(folder))
    assert (status["state"], status["reason"]["code"]) == ("disabled", code)
    assert instructions in status["reason"]["instructions"]
    assert answers(service_in(folder), "/check").status_code == 409


def test_a_folder_that_cannot_be_written_is_told(folder: Path) -> None:
    (folder / "data/.launcher").chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    try:
        status = status_of(service_in(folder))
    finally:
        os.seteuid(os.getuid())
    assert (status["state"], status["reason"]["code"]) == ("disabled", "read_only")


def test_an_application_that_its_launcher_did_not_start_is_told(folder: Path) -> None:
    write(folder, "config", type="portable")
    service = UpdateService(installation=Installation(folder / "app"))
    status = status_of(service)
    assert (status["reason"]["code"], status["can_check"]) == ("misconfigured", True)
    assert status["can_auto_update"] is False
