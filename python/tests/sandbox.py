# SPDX-License-Identifier: MIT
"""A server with a project's releases, made by the publisher as in a job."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

import httpx

SOURCE = Path(__file__).parents[2]
BUILD = Path(os.environ.get("GITEA_RELEASE_BUILD", SOURCE / "build" / "dev"))
PUBLISHER = BUILD / "gitea-release"
LAUNCHER = BUILD / "gitea-release-launcher"
SANDBOX = BUILD / "tests" / "sandbox" / "gitea-sandbox"

FIRST = "# the first lines of a version that does not work"
RUN = f"""#!/bin/sh
{FIRST}
export PYTHONPATH={SOURCE}/python/src:{SOURCE}/python/tests/app
exec {sys.executable} -m ${{TEST_SERVER:-uvicorn}} main:app "$@"
"""

CONFIG = """update:
  app: {app}
  public_key: {key}
  payloads:
    linux-x86_64: "*-linux-x64.tar.gz"
"""


class Sandbox:
    """gitea-sandbox, as a process."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "sandbox.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [SANDBOX, "--data", folder / "data"], stdout=log, stderr=log
            )
        self.url, self.token, _ = (self._greeting()[name] for name in GREETINGS)
        self.client = httpx.Client(
            base_url=self.url, headers={"Authorization": f"token {self.token}"}, trust_env=False
        )

    def _greeting(self) -> dict[str, str]:
        for _ in range(500):
            lines = self._log.read_text("utf-8").splitlines()
            found = dict(line.split("=", 1) for line in lines if "=" in line)
            if found.keys() >= set(GREETINGS):
                return found
            time.sleep(0.01)
        raise RuntimeError(f"the sandbox did not start: {self._log.read_text('utf-8')}")

    def post(self, path: str, content: Any) -> Any:
        answer = self.client.post(path, json=content)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def fault(self, **fault: Any) -> None:
        self.post("/_sandbox/faults", fault)

    def without_faults(self) -> None:
        self.client.delete("/_sandbox/faults").raise_for_status()

    def requests(self) -> list[dict[str, Any]]:
        found = self.client.get("/_sandbox/requests").json()
        return found["requests"] if isinstance(found, dict) else found

    def stop(self) -> None:
        self.client.close()
        self._process.terminate()
        self._process.wait()


GREETINGS = ("GITEA_URL", "GITEA_TOKEN", "GITEA_REPOSITORY")


@cache
def launcher() -> Path:
    """The launcher without debugging information, which would be most of each archive."""
    small = Path(tempfile.mkdtemp(prefix="release-updater-")) / "launcher"
    try:
        subprocess.run(["strip", "-o", small, LAUNCHER], check=True)
    except FileNotFoundError:
        shutil.copy(LAUNCHER, small)
    return small


class Project:
    """A repository with signed releases of an application; by default of that in app/.

    run: the script that starts a version, in current/. program: a file beside it. app: its name."""

    def __init__(
        self,
        sandbox: Sandbox,
        folder: Path,
        name: str,
        *,
        run: str = RUN,
        program: Path | None = None,
        app: str = "test-app",
    ) -> None:
        self.sandbox = sandbox
        self._app = app
        self._run = run
        self._program = program
        self._folder = folder
        folder.mkdir(parents=True)
        sandbox.post("/api/v1/user/repos", {"name": name, "auto_init": True})
        self.repository = f"demo/{name}"
        key = folder / "signing.key"
        publish = [PUBLISHER, "keygen", "--key-path", key, "--quiet"]
        subprocess.run(publish, check=True, capture_output=True)
        self.secret_key = key.read_text()
        self.public_key = key.with_suffix(".key.pub").read_text().splitlines()[-1]

    def publish(
        self, version: str, *, first: str = "", more_bytes: int = 0, notes: str = "", **update: Any
    ) -> None:
        """first: a line of the script that starts the version, to make one that does not work."""
        tag = f"v{version}"
        self.sandbox.post(
            f"/api/v1/repos/{self.repository}/tags", {"tag_name": tag, "target": "main"}
        )
        job = self._folder / tag
        (job / ".gitea").mkdir(parents=True)
        config = CONFIG.format(app=self._app, key=self.public_key)
        config += "".join(f"  {name}: {json.dumps(value)}\n" for name, value in update.items())
        (job / ".gitea" / "release.yml").write_text(config)
        self.write_archive(version, first, more_bytes)
        environment = {
            "HOME": str(job),
            "PATH": "/usr/bin:/bin",
            "GITHUB_EVENT_NAME": "push",
            "GITHUB_REF": f"refs/tags/{tag}",
            "GITHUB_REPOSITORY": self.repository,
            "GITHUB_SERVER_URL": self.sandbox.url,
            "GITHUB_WORKSPACE": str(job),
            "INPUT_TOKEN": self.sandbox.token,
            "INPUT_FILES": "*.tar.gz",
            "INPUT_BODY": notes or f"Notes of {version}",
            "INPUT_SIGNING_KEY": self.secret_key,
            "GITEA_RELEASE_BACKOFF_MS": "1",
        }
        done = subprocess.run([PUBLISHER], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    def lists_read(self) -> list[dict[str, Any]]:
        """The requests of launchers for the list of releases."""
        path = f"/api/v1/repos/{self.repository}/releases"
        return [one for one in self.sandbox.requests() if one["path"] == path and is_read(one)]

    def archive(self, version: str) -> Path:
        return self._folder / f"v{version}" / f"{self._app}-{version}-linux-x64.tar.gz"

    def write_archive(self, version: str, first: str, more_bytes: int) -> None:
        """As a packaging script does it. RELEASE.json is last."""
        release = {
            "format": 1,
            "app": "test-app",
            "version": version,
            "start": ["run.sh"],
            "health": {"timeout_s": 90, "settle_s": 1},
            "snapshot": ["app.db"],
        }
        config = {
            "format": 1,
            "app": "test-app",
            "type": "portable",
            "provider": "gitea",
            "server": self.sandbox.url,
            "repository": self.repository,
            "platform": "linux-x86_64",
            "channel": "stable",
        }
        with tarfile.open(self.archive(version), "w:gz", compresslevel=1) as archive:
            archive.add(launcher(), "test-app/test-app")
            add(archive, "updater/config.json", json.dumps(config))
            add(archive, "updater/trusted.pub", self.public_key + "\n")
            add(archive, "current/run.sh", self._run.replace(FIRST, first or FIRST), mode=0o755)
            if self._program:
                archive.add(self._program, f"test-app/current/{self._program.name}")
            add(archive, "current/more", os.urandom(more_bytes))
            add(archive, "current/RELEASE.json", json.dumps(release))


def is_read(request: dict[str, Any]) -> bool:
    return request["method"] == "GET" and not request["user"]


def add(archive: tarfile.TarFile, name: str, content: str | bytes, mode: int = 0o644) -> None:
    data = content.encode() if isinstance(content, str) else content
    info = tarfile.TarInfo(f"test-app/{name}")
    info.size, info.mode = len(data), mode
    archive.addfile(info, io.BytesIO(data))
