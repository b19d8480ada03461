# SPDX-License-Identifier: MIT
"""Signed releases of the template on a sandbox server."""

import json
import os
import re
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from project import BUILT, Built, environment, run

PUBLISHER = BUILT.parent / "gitea-release"
SANDBOX = BUILT.parent / "tests/sandbox/gitea-sandbox"
REPOSITORY = "demo/your-app"

CONFIG = """update:
  app: your-app
  public_key: {key}
  payloads:
    windows-x86_64: "*-win-x64.zip"
"""


class Releases:
    def __init__(self, folder: Path) -> None:
        if not SANDBOX.exists():
            pytest.skip("there is no gitea-sandbox beside the built template")
        self._folder = folder
        log = folder / "sandbox.log"
        with log.open("wb") as output:
            command = [SANDBOX, "--data", folder / "data"]
            self._server = subprocess.Popen(command, stdout=output, stderr=output)
        self.url, self._token = self._greeting(log)
        self._post("user/repos", {"name": "your-app", "auto_init": True})
        key = folder / "signing.key"
        made = run(PUBLISHER, "keygen", "--key-path", key, "--quiet")
        assert made.returncode == 0, made.stdout
        self._secret_key = key.read_text()
        self.public_key = key.with_suffix(".key.pub").read_text().splitlines()[-1]

    def _greeting(self, log: Path) -> tuple[str, str]:
        for _ in range(500):
            found = dict(re.findall(r"^(GITEA_\w+)=(.*)$", log.read_text(), re.MULTILINE))
            if "GITEA_TOKEN" in found:
                return found["GITEA_URL"], found["GITEA_TOKEN"]
            time.sleep(0.01)
        raise RuntimeError(log.read_text())

    def _post(self, path: str, content: object) -> None:
        request = urllib.request.Request(
            f"{self.url}/api/v1/{path}",
            json.dumps(content).encode(),
            {"Authorization": f"token {self._token}", "Content-Type": "application/json"},
        )
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request).close()

    def stop(self) -> None:
        self._server.kill()
        self._server.wait()

    def follow(self, home: Path) -> None:
        """What packaging/app.env and packaging/trusted.pub would have put into the archive."""
        file = home / "updater/config.json"
        config = json.loads(file.read_text())
        file.write_text(json.dumps(config | {"server": self.url, "repository": REPOSITORY}))
        (home / "updater/trusted.pub").write_text(f"{self.public_key}\n")

    def publish(self, built: Built, home: Path, version: str, **release: object) -> None:
        """A release that differs from the version in `home` in its number and in these members of
        RELEASE.json only."""
        job = self._folder / version
        tree = job / "tree/your-app"
        tree.mkdir(parents=True)
        copied = run("cp", "-aT", home, tree)
        assert copied.returncode == 0, copied.stdout
        run("rm", "-rf", tree / "data", tree / "uninstall.exe")
        file = tree / "current/RELEASE.json"
        source = {"server": self.url, "repository": REPOSITORY}
        content = json.loads(file.read_text()) | {"version": version, "source": source} | release
        file.write_text(json.dumps(content))
        archive = job / f"your-app-v{version}-win-x64.zip"
        packed = run(
            "python3",
            built.project / "packaging/archive.py",
            tree,
            archive,
            env=environment(SOURCE_DATE_EPOCH="1767225600"),
        )
        assert packed.returncode == 0, packed.stdout
        (job / ".gitea").mkdir()
        (job / ".gitea/release.yml").write_text(CONFIG.format(key=self.public_key))
        self._post(f"repos/{REPOSITORY}/tags", {"tag_name": f"v{version}", "target": "main"})
        done = run(
            PUBLISHER,
            env={
                "HOME": str(job),
                "PATH": os.environ["PATH"],
                "GITHUB_EVENT_NAME": "push",
                "GITHUB_REF": f"refs/tags/v{version}",
                "GITHUB_REPOSITORY": REPOSITORY,
                "GITHUB_SERVER_URL": self.url,
                "GITHUB_WORKSPACE": str(job),
                "INPUT_TOKEN": self._token,
                "INPUT_FILES": archive.name,
                "INPUT_BODY": f"Notes of {version}",
                "INPUT_SIGNING_KEY": self._secret_key,
            },
        )
        assert done.returncode == 0, done.stdout
