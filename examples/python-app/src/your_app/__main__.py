"""Runs the server: `python -m your_app`."""

import argparse
import json
import os
import sys
import threading
import time
import urllib.request
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from . import __name__ as package
from . import __version__, updates
from .web import create_app

PORT = 8765


def root() -> Path:
    """The folder that was unpacked or installed; in a checkout the working folder."""
    current = Path(sys.prefix).parent  # has python/ and app/
    return current.parent if (current / "app").is_dir() else Path.cwd()


def runs_already(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}version", timeout=1) as answer:
            return json.load(answer).get("name") == package
    except (OSError, ValueError):
        return False


def tell_launcher(port: int) -> None:
    """The launcher asks /health at this address whether a new version works."""
    if file := os.environ.get("LAUNCHER_URL_FILE"):
        Path(file).write_text(f"http://127.0.0.1:{port}", encoding="ascii")


def watch(server: uvicorn.Server, opens: str | None) -> None:
    """Once the server listens, tells the launcher and opens the browser."""
    while not server.started:
        if server.should_exit:
            return
        time.sleep(0.1)
    tell_launcher(server.config.port)
    if opens:
        webbrowser.open(opens)


def end_with_input(server: uvicorn.Server) -> None:
    """On Windows the launcher asks the application to end by closing its standard input."""
    while sys.stdin.buffer.read(1024):
        pass
    server.should_exit = True


def start(work: Callable[..., None], *arguments: object) -> None:
    threading.Thread(target=work, args=arguments, daemon=True).start()


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=package)
    parser.add_argument("--version", action="version", version=f"{package} {__version__}")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (%(default)s)")
    parser.add_argument("--port", type=int, default=PORT, help="port to listen at (%(default)s)")
    parser.add_argument("--data", type=Path, help="folder of its data (./data)")
    parser.add_argument("--open", action="store_true", help="open the page in a browser")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    url = f"http://localhost:{options.port}/"
    if options.open and runs_already(url):
        webbrowser.open(url)
        return 0
    data = options.data or root() / "data"
    server = uvicorn.Server(uvicorn.Config(create_app(data), options.host, options.port))
    start(watch, server, url if options.open else None)
    if sys.platform == "win32" and "LAUNCHER_RUN" in os.environ and not updates.are_possible():
        start(end_with_input, server)  # which release-updater does otherwise
    server.run()
    return 0 if server.started else 1


if __name__ == "__main__":
    sys.exit(main())
