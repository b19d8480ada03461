# SPDX-License-Identifier: MIT
"""What the applications of the tests have in common."""

import os
from pathlib import Path
from typing import Any

from fastapi import FastAPI

import release_updater
from release_updater import UpdateService
from release_updater.fastapi import create_router


def create_app(updates: UpdateService, **rights: Any) -> FastAPI:
    """rights: `require_admin` and `require_user` of create_router."""
    app = FastAPI(lifespan=updates.lifespan)
    app.include_router(create_router(updates, **rights))

    @app.get("/about")
    def about() -> dict[str, object]:
        return {"version": os.environ["LAUNCHER_VERSION"], "worker": os.getpid()}

    @app.get("/health")
    def health() -> dict[str, str]:
        return release_updater.health()

    database = Path("app.db")  # in the working folder, which is data/
    if not database.exists():
        database.write_text("precious", encoding="utf-8")
    return app
