# SPDX-License-Identifier: MIT
"""The routes of the API."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Collection
from dataclasses import replace
from typing import Any, Final, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import FileResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from ..element import element_path
from ..errors import NotPossible, TooSoon
from ..events import events
from ..service import UpdateService
from ..status import Settings
from .models import (
    DismissModel,
    ProblemModel,
    RollbackModel,
    SettingsModel,
    StatusModel,
    VersionModel,
)
from .rights import Dependency, Probe, is_same_site, json_only, same_site

Value = TypeVar("Value")

SERVICE_RESTART: Final = 1012  # a code of WebSockets
POLICY_VIOLATION: Final = 1008

FORBIDDEN: Final[dict[int | str, dict[str, Any]]] = {
    403: {"model": ProblemModel, "description": "No right, or asked by a page of another site."}
}
CHANGING: Final[dict[int | str, dict[str, Any]]] = {
    **FORBIDDEN,
    409: {"model": ProblemModel, "description": "Not possible now."},
    415: {"model": ProblemModel, "description": "Not JSON."},
}
CHECKING: Final[dict[int | str, dict[str, Any]]] = {
    **CHANGING,
    429: {"model": ProblemModel, "description": "A check was made a moment ago (Retry-After)."},
}


def create_router(
    service: UpdateService,
    *,
    require_admin: Dependency,
    require_user: Dependency | None = None,
    prefix: str = "/system/update",
    allowed_origins: Collection[str] = (),
) -> APIRouter:
    """The API, the events and the element.

    require_admin: a dependency that raises HTTPException unless the caller may install updates. It
        has no default, because installing one restarts the application.
    require_user: the same for those who may see the status; everybody by default.
    allowed_origins: of other sites whose pages may use the API, such as https://app.example.org.
    """
    router = APIRouter(prefix=prefix, tags=["updates"])
    admin, user = Probe(require_admin), Probe(require_user)
    reading = [Depends(require_user)] if require_user else []
    own_page = [Depends(json_only), Depends(same_site(allowed_origins))]
    as_admin = [Depends(require_admin), *own_page]
    as_user = [*reading, *own_page]
    begins: dict[str, Any] = {
        "status_code": 202,
        "response_model": StatusModel,
        "dependencies": as_admin,
    }

    async def status_for(request: Request) -> dict[str, Any]:
        is_admin = await admin.passes(request)
        return replace(await service.status(), is_admin=is_admin).json()

    @router.get("/status", response_model=StatusModel, dependencies=reading, responses=FORBIDDEN)
    async def get_status(request: Request, response: Response) -> Any:
        """What is known of updates, and what is under way."""
        response.headers["Cache-Control"] = "no-store"
        return await status_for(request)

    @router.post("/check", responses=CHECKING, **begins)
    async def check(request: Request) -> Any:
        """Looks for a newer release now."""
        await possible(service.check())
        return await status_for(request)

    @router.post("/download", responses=CHANGING, **begins)
    async def download(request: Request, body: VersionModel | None = None) -> Any:
        """Downloads a version and verifies it."""
        wanted = body or VersionModel()
        await possible(service.download(wanted.version, retry=wanted.retry))
        return await status_for(request)

    @router.post("/apply", responses=CHANGING, **begins)
    async def apply(request: Request, body: VersionModel | None = None) -> Any:
        """Installs a version, which is downloaded first if needed, and restarts the application."""
        wanted = body or VersionModel()
        await possible(service.apply(wanted.version, retry=wanted.retry))
        return await status_for(request)

    @router.post("/rollback", responses=CHANGING, **begins)
    async def rollback(request: Request, body: RollbackModel | None = None) -> Any:
        """Returns to the previous version, and restarts the application."""
        await possible(service.rollback(body.data if body else None))
        return await status_for(request)

    @router.post("/dismiss", response_model=StatusModel, dependencies=as_user, responses=CHANGING)
    async def dismiss(request: Request, body: DismissModel) -> Any:
        """Remembers that the user does not want to be reminded of a version."""
        await possible(service.dismiss(body.version))
        return await status_for(request)

    @router.get(
        "/settings", response_model=SettingsModel, dependencies=reading, responses=FORBIDDEN
    )
    async def get_settings() -> Any:
        return await service.settings()

    @router.put(
        "/settings", response_model=SettingsModel, dependencies=as_admin, responses=CHANGING
    )
    async def put_settings(body: SettingsModel) -> Any:
        return await possible(service.change_settings(Settings(**body.model_dump())))

    @router.get("/update-center.js", include_in_schema=False)
    async def element() -> FileResponse:
        return FileResponse(
            element_path(), media_type="text/javascript", headers={"Cache-Control": "no-cache"}
        )

    @router.websocket("/events")
    async def follow(websocket: WebSocket) -> None:
        if not is_same_site(websocket, allowed_origins) or not await user.passes(websocket):
            await websocket.close(POLICY_VIOLATION)
            return
        await websocket.accept()
        is_admin = await admin.passes(websocket)
        await until_closed(websocket, send_events(websocket, service, is_admin))

    return router


async def possible(doing: Awaitable[Value]) -> Value:
    try:
        return await doing
    except NotPossible as error:
        raise HTTPException(409, error.message) from error
    except TooSoon as error:
        headers = {"Retry-After": str(error.seconds)}
        raise HTTPException(429, error.message, headers) from error


async def send_events(websocket: WebSocket, service: UpdateService, is_admin: bool) -> None:
    async for message in events(service, is_admin=is_admin):
        await websocket.send_json(message)
    await websocket.close(SERVICE_RESTART)


async def until_closed(websocket: WebSocket, sending: Any) -> None:
    """Ends with the connection, which only receiving notices."""

    async def receive() -> None:
        while (await websocket.receive())["type"] != "websocket.disconnect":
            pass

    tasks = {asyncio.create_task(sending), asyncio.create_task(receive())}
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, WebSocketDisconnect, RuntimeError):
            await task
