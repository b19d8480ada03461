# SPDX-License-Identifier: MIT
"""A Flask application that updates itself by the launcher's commands."""

import hmac
import json
import os
import subprocess
import threading
from typing import Any

from flask import Flask, abort, request

app = Flask(__name__)
NEWER_RELEASE = 10  # exit status of `check`; the others are in docs/updates.md


def launcher(*words: str) -> dict[str, Any]:
    """What a command of the launcher says. The last line has its result."""
    command = [os.environ["LAUNCHER"], "--launcher", *words, "--json"]
    output = subprocess.run(command, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(output.splitlines()[-1])


def need_admin() -> None:
    expected = f"Bearer {os.environ['ADMIN_TOKEN']}"
    if not hmac.compare_digest(request.headers.get("Authorization", ""), expected):
        abort(403)


@app.get("/about")
def about() -> dict[str, str]:
    return {"version": os.environ["LAUNCHER_VERSION"]}


@app.get("/update")
def update_status() -> dict[str, Any]:
    return launcher("status")


@app.post("/update/check")
def check() -> dict[str, Any]:
    need_admin()
    result = launcher("check")
    return {"found": result["status"] == NEWER_RELEASE, "message": result["message"]}


@app.post("/update")
def update() -> tuple[dict[str, Any], int]:
    need_admin()
    downloaded = launcher("download")
    if downloaded["status"] != 0:
        return downloaded, 409
    # The launcher ends this process, so that there may be nobody left to answer afterwards.
    threading.Timer(0.5, launcher, ["apply", "--now"]).start()
    return {"status": 0, "message": "The application will be restarted."}, 202


# A version that gets here has read its settings, and works.
threading.Thread(target=launcher, args=["confirm"]).start()
