# SPDX-License-Identifier: MIT
"""Where this application is installed, as the launcher says in the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Installation:
    """The folder that a launcher and its application share."""

    launcher: Path
    """The launcher's program, directly in the folder."""
    run: str = ""
    """LAUNCHER_RUN, which is different for each start; "" if no launcher started this process."""
    version: str = ""
    """LAUNCHER_VERSION, the version that was started."""
    url_file: Path | None = None
    """LAUNCHER_URL_FILE, which the application may write its address to."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Installation | None:
        """None if no launcher started this process."""
        variables = os.environ if environment is None else environment
        launcher = variables.get("LAUNCHER", "")
        if not launcher:
            return None
        url_file = variables.get("LAUNCHER_URL_FILE", "")
        return cls(
            launcher=Path(launcher),
            run=variables.get("LAUNCHER_RUN", ""),
            version=variables.get("LAUNCHER_VERSION", ""),
            url_file=Path(url_file) if url_file else None,
        )

    @property
    def folder(self) -> Path:
        return self.launcher.parent

    @property
    def updater(self) -> Path:
        """The launcher's folder. The application only reads it."""
        return self.folder / "updater"

    @property
    def messages(self) -> Path:
        """The folder that launcher and application both write to."""
        return self.folder / "data" / ".launcher"
