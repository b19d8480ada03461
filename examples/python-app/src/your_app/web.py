"""What the application answers."""

import os
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Body, FastAPI
from fastapi.responses import HTMLResponse, RedirectResponse

from . import __name__ as package
from . import __version__, pages
from .store import Store
from .updates import BASE, add_updates


def create_app(data: Path) -> FastAPI:
    """The application with its data in `data`, which is made where it is missing."""
    store = Store(data / "app.db")
    store.add_start(__version__)
    app = FastAPI(title=package, version=__version__)
    base = BASE if add_updates(app) else ""

    @app.get("/", response_class=HTMLResponse)
    def home() -> str:
        return pages.page("home", pages.home(store.starts(), store.notes()), base)

    @app.post("/notes")
    def add_note(form: Annotated[bytes, Body(media_type="application/x-www-form-urlencoded")]):
        for text in parse_qs(form.decode()).get("text", []):
            store.add_note(text[:200])
        return RedirectResponse("./", status_code=303)

    @app.get("/settings", response_class=HTMLResponse)
    def settings() -> str:
        return pages.page("settings", pages.settings(base), base)

    @app.get("/version")
    def version() -> dict[str, str]:
        return {"name": package, "version": __version__}

    @app.get("/health")
    def health() -> dict[str, str]:
        # By this value the launcher knows that it is the process that it has started.
        run = os.environ.get("LAUNCHER_RUN")
        return {"status": "ok"} | ({"run": run} if run else {})

    return app
