# SPDX-License-Identifier: MIT
"""Dependencies of all kinds decide who may ask for what, also at the WebSocket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, Any

import httpx
import pytest
from fastapi import Cookie, Depends, FastAPI, HTTPException, Request
from fastapi.responses import RedirectResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from installed import API
from release_updater import UpdateService
from release_updater.fastapi import create_router, local_user


class NotLoggedIn(Exception):
    """Of an application that has a handler for it."""


def by_bearer(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())],
) -> None:
    if credentials.credentials != "admin":
        raise HTTPException(403)


async def by_cookie(session: Annotated[str, Cookie()] = "") -> None:
    if session != "admin":
        raise NotLoggedIn


def current_user(request: Request) -> str:
    return request.headers.get("x-user", "")


def by_user(user: Annotated[str, Depends(current_user)]) -> None:
    if user != "admin":
        raise HTTPException(401)


KINDS: list[tuple[Callable[..., Any], dict[str, str]]] = [
    (by_bearer, {"Authorization": "Bearer admin"}),
    (by_cookie, {"Cookie": "session=admin"}),
    (by_user, {"X-User": "admin"}),
]


def application(require_admin: Callable[..., Any], **more: Any) -> FastAPI:
    app = FastAPI()
    app.include_router(create_router(UpdateService(), require_admin=require_admin, **more))

    @app.exception_handler(NotLoggedIn)
    def log_in(_request: Request, _error: NotLoggedIn) -> RedirectResponse:
        return RedirectResponse("/login")

    return app


def get(
    app: FastAPI, headers: dict[str, str], base: str = "http://localhost", client: str = "127.0.0.1"
) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, client=(client, 1))
        async with httpx.AsyncClient(transport=transport, base_url=base) as asking:
            return await asking.get(f"{API}/status", headers=headers)

    return asyncio.run(ask())


@pytest.mark.parametrize(("dependency", "headers"), KINDS)
def test_the_status_says_who_is_an_admin(
    dependency: Callable[..., Any], headers: dict[str, str]
) -> None:
    app = application(dependency)
    assert get(app, headers).json()["is_admin"] is True
    assert get(app, {}).json()["is_admin"] is False


def test_the_overrides_of_a_test_count() -> None:
    app = application(by_user)
    app.dependency_overrides[current_user] = lambda: "admin"
    assert get(app, {}).json()["is_admin"] is True


@pytest.mark.parametrize(("dependency", "headers"), KINDS)
def test_dependencies_that_need_a_request_decide_at_the_websocket(
    dependency: Callable[..., Any], headers: dict[str, str]
) -> None:
    client = TestClient(application(dependency, require_user=dependency))
    with client.websocket_connect(f"{API}/events", headers=headers) as events:
        assert events.receive_json()["status"]["is_admin"] is True
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(f"{API}/events"):
        pass


def test_a_local_user_is_at_this_computer_and_uses_its_name() -> None:
    app = application(local_user, require_user=local_user)
    assert get(app, {}).status_code == 200
    assert get(app, {}, base="http://127.0.0.1:8000").status_code == 200
    assert get(app, {}, base="http://[::1]:8000", client="::1").status_code == 200
    assert get(app, {}, client="192.0.2.1").status_code == 403
    assert get(app, {}, base="http://rebound.example").status_code == 403
