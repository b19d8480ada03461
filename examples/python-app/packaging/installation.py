"""Writes what the launcher reads: installation.py TREE VERSION PLATFORM PYTHON

current/RELEASE.json says what this version is and how it starts; updater/config.json and
updater/trusted.pub say where updates come from and which keys sign them.
"""

import json
import sys
from pathlib import Path

# What an update may change. It is saved before an update, and put back if the new version fails.
SNAPSHOT = ["app.db"]


def names(file: Path) -> dict[str, str]:
    """The lines NAME="value" of app.env."""
    lines = file.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name: value.strip('"') for name, value in pairs}


def trusted_keys(file: Path) -> list[str]:
    """Public keys in minisign's format, without comments; none before `gitea-release keygen`."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [line.strip() for line in lines if line.startswith("RW")]


def write(file: Path, value: dict[str, object]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8", newline="\n")


def main(tree: Path, version: str, platform: str, python: str) -> None:
    packaging = Path(__file__).parent
    app = names(packaging / "app.env")
    keys = trusted_keys(packaging / "trusted.pub")
    source = {"server": app["SERVER"], "repository": app["REPOSITORY"]}
    release: dict[str, object] = {
        "format": 1,
        "app": app["APP_NAME"],
        "version": version,
        "start": [python, "-I", "-m", app["PACKAGE"]],
        "health": {"timeout_s": 120, "settle_s": 5},
        "stop_timeout_s": 15,
        "snapshot": SNAPSHOT,
        "source": source,
    }
    if keys:
        release["keys"] = keys
    write(tree / "current/RELEASE.json", release)
    config = {"app": app["APP_NAME"], "type": "portable", "provider": "gitea", "platform": platform}
    write(tree / "updater/config.json", {"format": 1, **config, **source, "channel": "stable"})
    text = "".join(f"{key}\n" for key in keys)
    (tree / "updater/trusted.pub").write_text(text, encoding="ascii", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
