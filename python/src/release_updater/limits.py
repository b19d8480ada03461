# SPDX-License-Identifier: MIT
"""What this installation can do, and the reason where it cannot update itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from .files import read_json
from .installation import Installation
from .launcher_status import FORMAT, LauncherStatus, text

InstallType = Literal["portable", "installer", "service", "docker", "development"]
ReasonCode = Literal[
    "development", "container", "no_key", "read_only", "old_launcher", "misconfigured"
]

INSTALLED: Final[tuple[InstallType, ...]] = ("portable", "installer", "service", "docker")


@dataclass(frozen=True)
class Reason:
    """Why this installation cannot update itself, and what the user can do instead."""

    code: ReasonCode
    message: str
    instructions: str


@dataclass(frozen=True)
class Limits:
    install_type: InstallType
    reason: Reason | None = None
    can_check: bool = True
    can_auto_update: bool = True


def limits_of(
    installation: Installation | None, status: LauncherStatus, releases_page: str = ""
) -> Limits:
    if installation is None:
        return without_launcher(releases_page)
    config = read_json(installation.updater / "config.json")
    install_type = installed_as(status.type or text(config, "type"))
    if fault := fault_of(installation, status, config):
        return Limits(install_type, fault, can_check=False, can_auto_update=False)
    if obstacle := container(install_type) or not_started(installation):
        return Limits(install_type, obstacle, can_auto_update=False)
    return Limits(install_type)


def without_launcher(releases_page: str) -> Limits:
    where = f"New versions are at {releases_page}." if releases_page else ""
    if is_container():
        reason = Reason(
            "container",
            "This application runs in a container, which is not updated from inside.",
            f"Pull the image of the new version, and start a container of it. {where}".rstrip(),
        )
        return Limits("docker", reason, can_check=False, can_auto_update=False)
    reason = Reason(
        "development",
        "This application was not started by a launcher, so it cannot update itself.",
        where or "Update it in the way in which you installed it.",
    )
    return Limits("development", reason, can_check=False, can_auto_update=False)


def fault_of(
    installation: Installation, status: LauncherStatus, config: Mapping[str, Any]
) -> Reason | None:
    """The first thing that keeps the launcher from working here."""
    if not config:
        return Reason(
            "misconfigured",
            "updater/config.json does not exist, or cannot be read.",
            "Unpack the application's archive again, over this folder.",
        )
    if not has_key(installation):
        return Reason(
            "no_key",
            "There is no public key to verify releases with, so none is installed.",
            "Add the key that the project publishes: "
            f"{installation.launcher.name} --launcher trust KEY",
        )
    if status.format != FORMAT:
        return Reason(
            "old_launcher",
            "The launcher and this version of the application do not understand each other.",
            "Download the application again, and unpack it over this folder.",
        )
    if not can_ask(installation):
        return Reason(
            "read_only",
            "The application may not write to its folder.",
            "Give the user who starts it the permission, or update it as the user who owns it.",
        )
    return None


def not_started(installation: Installation) -> Reason | None:
    if installation.run:
        return None
    return Reason(
        "misconfigured",
        "This application was not started by its launcher, which could not restart it.",
        f"Start it with {installation.launcher.name}.",
    )


def container(install_type: InstallType) -> Reason | None:
    if install_type != "docker":
        return None
    return Reason(
        "container",
        "This application runs in a container, which is not updated from inside.",
        "Pull the image of the new version, and start a container of it.",
    )


def installed_as(name: str) -> InstallType:
    return next((one for one in INSTALLED if one == name), "portable")


def has_key(installation: Installation) -> bool:
    try:
        lines = (installation.updater / "trusted.pub").read_text("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return False
    except OSError:
        return True  # the launcher may read it, although the application may not
    return any(line.strip().startswith("RW") for line in lines)


def can_ask(installation: Installation) -> bool:
    folder = installation.messages
    effective = os.access in os.supports_effective_ids
    return os.access(folder if folder.exists() else folder.parent, os.W_OK, effective_ids=effective)


def is_container() -> bool:
    return "container" in os.environ or any(
        Path(mark).exists() for mark in ("/.dockerenv", "/run/.containerenv")
    )
