# SPDX-License-Identifier: MIT
"""Who may ask for what."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from starlette.requests import HTTPConnection
from starlette.types import Message, Scope

Dependency = Callable[..., Any]

LOCAL_HOSTS: Final = ("localhost", "127.0.0.1", "::1")


def local_user(request: Request) -> None:
    """Whoever uses this computer: for an application without users that listens at 127.0.0.1, and
    that no proxy stands before.

    It looks at the name in the address as well, because the owner of a name can let it lead to
    127.0.0.1, and a page under that name would belong to this application."""
    host = request.client.host if request.client else ""
    if host not in LOCAL_HOSTS or request.url.hostname not in LOCAL_HOSTS:
        raise HTTPException(403, "Only from this computer, at http://localhost.")


def json_only(request: Request) -> None:
    """Forms of other pages cannot send JSON."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, "Send JSON, with the content type application/json.")


def is_same_site(connection: HTTPConnection, allowed_origins: Collection[str]) -> bool:
    """Whether a page of this application asks, or no page at all."""
    origin = connection.headers.get("origin", "")
    if origin and origin in allowed_origins:
        return True
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    return not origin or urlsplit(origin).netloc == connection.headers.get("host", "")


def same_site(allowed_origins: Collection[str]) -> Dependency:
    def check(request: Request) -> None:
        if not is_same_site(request, allowed_origins):
            raise HTTPException(403, "Only from pages of this application.")

    return check


class Probe:
    """Asks a dependency without being bound to its answer, and also for a WebSocket, for which
    dependencies that need a request do not work otherwise."""

    def __init__(self, dependency: Dependency | None) -> None:
        self._dependency = dependency
        self._router: APIRouter | None = None

    async def passes(self, connection: HTTPConnection) -> bool:
        if self._dependency is None:
            return True
        statuses: list[int] = []

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        if self._router is None:
            self._router = self._asking(self._dependency, connection.scope.get("app"))
        try:
            await self._router(as_get(connection.scope), no_body, send)
        except HTTPException:
            return False
        return statuses == [204]

    @staticmethod
    def _asking(dependency: Dependency, app: object) -> APIRouter:
        """With a route for each path, which has the dependency."""

        def answer() -> Response:
            return Response(status_code=204)

        router = APIRouter(dependency_overrides_provider=app)
        router.add_api_route("/{path_of_probe:path}", answer, dependencies=[Depends(dependency)])
        return router


def as_get(scope: Scope) -> Scope:
    """The same connection as a request that reads."""
    scheme = {"ws": "http", "wss": "https"}.get(scope["scheme"], scope["scheme"])
    return {**scope, "type": "http", "method": "GET", "scheme": scheme, "extensions": {}}


async def no_body() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
