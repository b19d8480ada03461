# SPDX-License-Identifier: MIT
"""An application with a page. Who may do what follows from the cookie `role`, or from a token."""

import os
from pathlib import Path

from fastapi import FastAPI, HTTPException
from fastapi.responses import FileResponse
from starlette.requests import HTTPConnection

import release_updater
from release_updater import UpdateService, element_path
from release_updater.fastapi import create_router

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
app = FastAPI(lifespan=updates.lifespan)
app.include_router(create_router(updates, require_admin=require_admin, require_user=require_user))


@app.get("/")
def page() -> FileResponse:
    return FileResponse(PAGE)


@app.get("/update-center.js")
def element() -> FileResponse:
    return FileResponse(element_path(), media_type="text/javascript")


@app.get("/about")
def about() -> dict[str, object]:
    return {"version": os.environ["LAUNCHER_VERSION"], "worker": os.getpid()}


@app.get("/health")
def health() -> dict[str, str]:
    return release_updater.health()


database = Path("app.db")  # in the working folder, which is data/
if not database.exists():
    database.write_text("precious", encoding="utf-8")
