# SPDX-License-Identifier: MIT
"""The application of the tests: what a project writes to update itself."""

import os
from pathlib import Path

from fastapi import FastAPI, Header, HTTPException

import release_updater
from release_updater import UpdateService
from release_updater.fastapi import create_router

RIGHTS = {"Bearer admin": ("admin", "user"), "Bearer user": ("user",)}


def require(right: str, authorization: str) -> None:
    if right not in RIGHTS.get(authorization, ()):
        raise HTTPException(403, f"You are no {right}.")


def require_admin(authorization: str = Header("")) -> None:
    require("admin", authorization)


def require_user(authorization: str = Header("")) -> None:
    require("user", authorization)


updates = UpdateService(
    start_delay=float(os.environ.get("TEST_START_DELAY", "30")),
    debounce=float(os.environ.get("TEST_DEBOUNCE", "60")),
    confirm="TEST_NO_CONFIRM" not in os.environ,
)
app = FastAPI(lifespan=updates.lifespan)
app.include_router(create_router(updates, require_admin=require_admin, require_user=require_user))


@app.get("/about")
def about() -> dict[str, object]:
    return {"version": os.environ["LAUNCHER_VERSION"], "worker": os.getpid()}


@app.get("/health")
def health() -> dict[str, str]:
    return release_updater.health()


if address := os.environ.get("TEST_ADDRESS"):
    release_updater.announce_address(address)

database = Path("app.db")  # in the working folder, which is data/
if not database.exists():
    database.write_text("precious", encoding="utf-8")
