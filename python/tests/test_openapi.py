# SPDX-License-Identifier: MIT
"""docs/update-api.json is what the code says. UPDATE_GOLDEN=1 writes it."""

from __future__ import annotations

import json
import os
import re
from typing import Any

from fastapi import FastAPI

from release_updater import UpdateService
from release_updater.fastapi import create_router
from sandbox import SOURCE

FILE = SOURCE / "docs" / "update-api.json"
REFERENCE = SOURCE / "docs" / "update-api.md"


def described() -> dict[str, Any]:
    app = FastAPI(title="Updates of an application", version="1")
    app.include_router(create_router(UpdateService(), require_admin=lambda: None))
    return app.openapi()


def test_the_description_of_the_api_is_current() -> None:
    text = json.dumps(described(), indent=1, ensure_ascii=False) + "\n"
    if "UPDATE_GOLDEN" in os.environ:
        FILE.write_text(text, encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == text


def test_the_reference_names_each_path_and_each_member() -> None:
    reference = REFERENCE.read_text(encoding="utf-8")
    description = described()
    for path in description["paths"]:
        assert path.removeprefix("/system/update") in reference
    for name, schema in description["components"]["schemas"].items():
        if not name.endswith("Model"):
            continue
        for member in schema.get("properties", {}):
            assert re.search(rf'[`"]{member}["`]', reference), f"{name}.{member}"


def test_the_examples_are_json() -> None:
    examples = re.findall(r"```json\n(.*?)```", REFERENCE.read_text(encoding="utf-8"), re.DOTALL)
    assert examples
    for example in examples:
        json.loads(example)
