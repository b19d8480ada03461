"""Runs the server: `python -m your_app`."""

import argparse
import json
import os
import sys
import threading
import time
import urllib.request
import webbrowser
from pathlib import Path

import uvicorn

from . import __name__ as package
from . import __version__
from .web import create_app

PORT = 8765


def root() -> Path:
    """The folder that was unpacked or installed; in a checkout the working folder."""
    above = Path(sys.prefix).parent  # has python/ and app/
    if not (above / "app").is_dir():
        return Path.cwd()
    return above.parent if above.name == "current" else above


def give_streams(logs: Path) -> None:
    """pythonw has no standard output, and uvicorn needs one: it gets a file."""
    if sys.stdout is not None and sys.stderr is not None:
        return
    logs.mkdir(parents=True, exist_ok=True)
    log = open(logs / f"{package}.log", "w", encoding="utf-8", buffering=1)  # noqa: SIM115
    sys.stdout = sys.stdout or log
    sys.stderr = sys.stderr or log


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


def watch(server: uvicorn.Server, quit_file: Path, opens: str | None) -> None:
    """Once the server listens, tells the launcher and opens the browser; ends the server when
    `quit_file` appears."""
    is_told = False
    while not server.should_exit:
        if server.started and not is_told:
            is_told = True
            tell_launcher(server.config.port)
            if opens:
                threading.Thread(target=webbrowser.open, args=(opens,), daemon=True).start()
        if quit_file.exists():
            quit_file.unlink()
            server.should_exit = True
        time.sleep(0.2)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=package)
    parser.add_argument("--version", action="version", version=f"{package} {__version__}")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (%(default)s)")
    parser.add_argument("--port", type=int, default=PORT, help="port to listen at (%(default)s)")
    parser.add_argument("--data", type=Path, help="folder of its data (./data)")
    parser.add_argument("--open", action="store_true", help="open the page in a browser")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    here = root()
    give_streams(here / "logs")
    options = parse(arguments)
    url = f"http://localhost:{options.port}/"
    if options.open and runs_already(url):
        webbrowser.open(url)
        return 0
    data = options.data or here / "data"
    server = uvicorn.Server(uvicorn.Config(create_app(data), options.host, options.port))

    # The installer uses these two files to find and end a running application.
    pid_file, quit_file = data / f"{package}.pid", data / f"{package}.quit"
    quit_file.unlink(missing_ok=True)
    pid_file.write_text(str(os.getpid()), encoding="ascii")
    opens = url if options.open else None
    threading.Thread(target=watch, args=(server, quit_file, opens), daemon=True).start()
    try:
        server.run()
    finally:
        pid_file.unlink(missing_ok=True)
    return 0 if server.started else 1


if __name__ == "__main__":
    sys.exit(main())
