"""What the application answers."""

import os
from datetime import datetime
from html import escape
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from tzlocal import get_localzone

from . import __name__ as package
from . import __version__

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{name}</title>
<h1>{name} {version}</h1>
<p>Running since {since}. Started {starts} times from this folder.</p>
</html>
"""


def create_app(data: Path) -> FastAPI:
    """The application with its data in `data`, which is made where it is missing."""
    data.mkdir(parents=True, exist_ok=True)
    starts = count_start(data / "starts.txt")
    since = datetime.now(get_localzone())
    app = FastAPI(title=package, version=__version__)

    @app.get("/", response_class=HTMLResponse)
    def page() -> str:
        return PAGE.format(
            name=escape(package),
            version=escape(__version__),
            since=f"{since:%Y-%m-%d %H:%M %Z}",
            starts=starts,
        )

    @app.get("/version")
    def version() -> dict[str, str]:
        return {"name": package, "version": __version__}

    @app.get("/health")
    def health() -> dict[str, str]:
        # By this value the launcher knows that it is the process that it has started.
        run = os.environ.get("LAUNCHER_RUN")
        return {"status": "ok"} | ({"run": run} if run else {})

    return app


def count_start(file: Path) -> int:
    """Adds one to the number in `file`: something small that has to survive an update."""
    starts = int(file.read_text(encoding="utf-8")) if file.exists() else 0
    file.write_text(str(starts + 1), encoding="utf-8")
    return starts + 1
