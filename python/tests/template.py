# SPDX-License-Identifier: MIT
"""The template examples/python-app with updates, built by its own scripts."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from sandbox import BUILD, SOURCE, Project, Sandbox

MISSING = 77  # exit status of scripts/updating-app


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PATH": f"{SOURCE}/.deps/bin:{os.environ['PATH']}",
        "BUILD": str(BUILD),
    }
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


class Template(Project):
    """`first` of `publish` is a statement of Python, which the application runs as it starts."""

    def __init__(self, sandbox: Sandbox, folder: Path, name: str) -> None:
        super().__init__(sandbox, folder, name, app="your-app")
        self._source = folder / "source"
        words = (self._source, sandbox.url, self.repository, self.public_key)
        made = run(SOURCE / "scripts/updating-app", *words, cwd=folder)
        if made.returncode == MISSING:
            pytest.skip(made.stdout.splitlines()[-1])
        assert made.returncode == 0, made.stdout
        self._module = self._source / "src/your_app/store.py"
        self._text = self._module.read_text("utf-8")

    def write_archive(self, version: str, first: str, more_bytes: int) -> None:
        self._module.write_text(f"{self._text}\n{first}\n", "utf-8")
        built = run("packaging/build-linux.sh", f"v{version}", cwd=self._source)
        assert built.returncode == 0, built.stdout
        archive = self._source / f"build/your-app-v{version}-linux-x64.tar.gz"
        shutil.move(archive, self.archive(version))
