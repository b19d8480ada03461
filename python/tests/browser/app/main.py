# SPDX-License-Identifier: MIT
"""An application with a page. Who may do what follows from the cookie `role`, or from a token."""

import os
from pathlib import Path

from fastapi import HTTPException
from fastapi.responses import FileResponse
from starlette.requests import HTTPConnection

from application import create_app
from release_updater import UpdateService, element_path

PAGE = Path(__file__).parents[1] / "page.html"


def role(request: HTTPConnection) -> str:
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    return token or request.cookies.get("role", "")


def require_admin(request: HTTPConnection) -> None:
    if role(request) != "admin":
        raise HTTPException(403, "You are no administrator.")


def require_user(request: HTTPConnection) -> None:
    if role(request) not in ("admin", "user"):
        raise HTTPException(403, "You are no user.")


updates = UpdateService(
    start_delay=float(os.environ.get("TEST_START_DELAY", "3600")),
    debounce=float(os.environ.get("TEST_DEBOUNCE", "0")),
)
app = create_app(updates, require_admin=require_admin, require_user=require_user)


@app.get("/")
def page() -> FileResponse:
    return FileResponse(PAGE)


@app.get("/update-center.js")
def element() -> FileResponse:
    return FileResponse(element_path(), media_type="text/javascript")
