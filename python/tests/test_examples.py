# SPDX-License-Identifier: MIT
"""examples/updates: applications that talk to the launcher without this package."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from installed import Installed, becomes
from sandbox import FIRST, SOURCE, Project, Sandbox

EXAMPLES = SOURCE / "examples" / "updates"
TOKEN = "secret"
ADMIN = {"Authorization": f"Bearer {TOKEN}"}

RUN_FLASK = f"""#!/bin/sh
{FIRST}
exec {sys.executable} -m flask --app ../current/app.py run "$@"
"""
RUN_DJANGO = f"""#!/bin/sh
{FIRST}
exec {sys.executable} -m gunicorn --chdir ../current -b "127.0.0.1:$2" app:application
"""
RUN_GO = f"""#!/bin/sh
{FIRST}
exec ../current/main "$2"
"""
RUN = {"django": RUN_DJANGO, "flask": RUN_FLASK, "go": RUN_GO}


def program_of(example: str, folder: Path) -> Path:
    if example != "go":
        return EXAMPLES / example / "app.py"
    if not shutil.which("go"):
        pytest.skip("there is no Go")
    subprocess.run(["go", "build", "-o", folder / "main", EXAMPLES / "go" / "main.go"], check=True)
    return folder / "main"


@pytest.mark.parametrize("example", list(RUN))
def test_an_example_updates_itself(sandbox: Sandbox, tmp_path: Path, example: str) -> None:
    program = program_of(example, tmp_path)
    project = Project(sandbox, tmp_path / "project", example, run=RUN[example], program=program)
    project.publish("1.0.0")
    app = Installed(project.archive("1.0.0"), tmp_path / "installed")
    try:
        app.start("--port", str(app.port), ADMIN_TOKEN=TOKEN)
        assert app.client.get("/update").json()["version"] == "1.0.0"
        for path in ("/update", "/update/check"):
            assert app.client.post(path).status_code == 403
        assert app.client.post("/update/check", headers=ADMIN).json()["found"] is False

        project.publish("1.1.0")
        assert app.client.post("/update/check", headers=ADMIN).json()["found"] is True
        with contextlib.suppress(httpx.TransportError):  # it may end before it answers
            assert app.client.post("/update", headers=ADMIN).status_code == 202
        becomes(lambda: app.runs("1.1.0"))
        becomes(lambda: app.launcher_status()["outcome"] == "updated from 1.0.0 to 1.1.0")
    finally:
        app.close()
