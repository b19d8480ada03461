# SPDX-License-Identifier: MIT
"""The application of most tests. Who may do what follows from a token."""

import os

from fastapi import Header, HTTPException

import release_updater
from application import create_app
from release_updater import UpdateService

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
app = create_app(updates, require_admin=require_admin, require_user=require_user)

if address := os.environ.get("TEST_ADDRESS"):
    release_updater.announce_address(address)
