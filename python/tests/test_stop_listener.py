# SPDX-License-Identifier: MIT
"""The end of standard input ends a server, as the launcher asks for it on Windows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SERVER = """
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from release_updater.stop_listener import interrupt, start_listening

@asynccontextmanager
async def lifespan(app):
    print("started", flush=True)
    yield
    print("ended in order", flush=True)

async def app(scope, receive, send):
    async with lifespan(app):
        assert scope["type"] == "lifespan"
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})

start_listening(sys.stdin.buffer, interrupt)
uvicorn.run(app, port=0, log_level="warning")
"""


def test_a_server_ends_in_order_when_standard_input_closes() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(Path(__file__).parents[1] / "src")},
    )
    assert process.stdin and process.stdout
    assert process.stdout.readline() == b"started\n"
    process.stdin.write(b"input of somebody\n")
    process.stdin.flush()
    process.stdin.close()
    assert process.stdout.read() == b"ended in order\n"
    process.wait(30)
