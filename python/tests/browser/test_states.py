# SPDX-License-Identifier: MIT
"""What each state shows: to eyes, to a keyboard and to a screen reader. The statuses are set, since
no application holds still in them; test_journey.py shows that a real one gets there.

With UPDATE_CENTER_PICTURES=FOLDER a picture of each is written."""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import pytest
from playwright.sync_api import Page, expect

from conftest import HERE, NewShown, Shown
from release_updater.status import State
from states import STATES, Status, result, status, update

CONTRAST = (HERE / "contrast.js").read_text("utf-8").split("\n", 3)[3]
PICTURES = os.environ.get("UPDATE_CENTER_PICTURES")
LOOKS = [*itertools.product(("light", "dark"), (1000, 360))]


@dataclass(frozen=True)
class Look:
    """What is to be seen and pressed. banner: None if there is none."""

    heading: str
    panel: list[str]
    banner: str | None = None
    banner_buttons: list[str] = field(default_factory=list)
    says: str = ""
    badge: str = "badge"


AVAILABLE = "Version 1.1.0 is available"
NEWEST = "This is the newest version"
CHOICES = ["What’s new", "Later", "Skip version 1.1.0"]
DOWNLOAD = "Download (48.2 MB)"
UPDATE = "badge has-update pulse"

EXPECTED = {
    "idle": Look(NEWEST, ["Check now"], says="Checked 5 minutes ago"),
    "idle-never-checked": Look("Not checked yet", ["Check now"]),
    "idle-after-update": Look(NEWEST, ["Check now", "Return to 1.0.0"], says="Updated to 1.1.0"),
    "idle-after-return": Look(
        "Version 1.1.0 is in use",
        ["Check now", "Try 1.2.0 again", "Return to 1.0.0"],
        says="1.2.0 did not start; 1.1.0 is back",
    ),
    "checking": Look("Looking for updates…", []),
    "available": Look(
        AVAILABLE,
        ["Update now", DOWNLOAD, "Check now"],
        AVAILABLE,
        [*CHOICES, DOWNLOAD],
        badge=UPDATE,
    ),
    "available-critical": Look(
        f"Critical update: {AVAILABLE.lower()}",
        ["Update now", DOWNLOAD, "Check now"],
        "Critical update",
        ["What’s new", "Later", DOWNLOAD],
        badge=UPDATE,
    ),
    "available-no-rights": Look(
        AVAILABLE, [], AVAILABLE, CHOICES, says="An administrator can install it.", badge=UPDATE
    ),
    "available-skipped": Look(
        AVAILABLE,
        ["Update now", DOWNLOAD, "Check now"],
        says="You skipped this version.",
        badge="badge has-update",
    ),
    "available-container": Look(
        AVAILABLE, ["Check now"], AVAILABLE, CHOICES, says="docker compose up -d", badge=UPDATE
    ),
    "downloading": Look(
        "Downloading version 1.1.0",
        [],
        "Downloading version 1.1.0",
        ["What’s new"],
        says="12.4 MB of 48.2 MB",
        badge=UPDATE,
    ),
    "ready": Look(
        "Version 1.1.0 is ready to install",
        ["Restart and update", "Check now"],
        "Version 1.1.0 is ready to install",
        [*CHOICES, "Restart and update"],
        badge=UPDATE,
    ),
    "error-check": Look(
        "The last check for updates failed",
        ["Check now"],
        says="git.example.org: no answer after 30 s.",
        badge="badge has-error",
    ),
    "error-update": Look(
        "Version 1.1.0 could not be installed",
        ["Try again", "Check now"],
        "48.2 MB are needed",
        [*CHOICES, "Try again"],
        badge=UPDATE,
    ),
    "disabled-development": Look("Updates are turned off", [], says="This is a development copy."),
}

APPLYING = status("applying", update=update())
TRIAL = status("restarting", current="1.1.0", run="run-2", update=update())
UPDATED = result("updated", "1.1.0", "1.0.0")
BAD = update(version="1.2.0")
OVERLAYS: dict[str, tuple[list[Status], str]] = {
    "overlay-installing": ([APPLYING], "Updating to 1.1.0"),
    "overlay-trial": ([APPLYING, TRIAL], "Updating to 1.1.0"),
    "overlay-updated": (
        [APPLYING, TRIAL, status(current="1.1.0", run="run-2", last_result=UPDATED)],
        "Updated to 1.1.0",
    ),
    "overlay-returned": (
        [
            status("applying", current="1.1.0", update=BAD),
            status(current="1.1.0", run="run-4", last_result=result("returned", "1.1.0", "1.2.0")),
        ],
        "1.2.0 did not start; 1.1.0 is back",
    ),
}
DIALOGS = {
    "dialog-notes": ("available", "notes"),
    "dialog-settings": ("available", "settings"),
    "dialog-apply": ("ready", "apply"),
    "dialog-retry": ("idle-after-return", "retry"),
    "dialog-rollback": ("idle-after-update", "rollback"),
}


def accessible_buttons(page: Page, element: str) -> list[str]:
    return page.locator(element).evaluate(
        """(element) => [...element.shadowRoot.querySelectorAll('button:not(dialog *)')]
             .map((one) => one.ariaLabel ?? one.innerText.trim())"""
    )


def looks_right(page: Page, name: str, theme: str, width: int) -> None:
    """Contrast and width, as measured; and a picture."""
    page.evaluate("document.fonts.ready")
    seen = page.evaluate(CONTRAST)
    assert seen["faults"] == [], f"{name}, {theme}, {width}"
    assert seen["measured"] > 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} at {width}"
    if PICTURES:
        whole = not name.startswith(("overlay", "dialog"))
        file = Path(PICTURES) / f"{name}-{theme}-{width}.png"
        page.screenshot(path=file, full_page=whole)


@pytest.fixture(params=LOOKS, ids=[f"{theme}-{width}" for theme, width in LOOKS], scope="module")
def look(request: pytest.FixtureRequest) -> tuple[str, int]:
    return request.param


@pytest.fixture
def in_look(new_shown: NewShown, look: tuple[str, int]) -> Shown:
    theme, width = look
    size = {"width": width, "height": 700}
    return new_shown(viewport=size, color_scheme=theme, reduced_motion="reduce")


def test_each_state_shows_what_it_should(in_look: Shown, look: tuple[str, int]) -> None:
    assert EXPECTED.keys() == STATES.keys()
    for name, expected in EXPECTED.items():
        in_look.open()
        page = in_look.show(STATES[name])
        expect(page.locator("#settings").get_by_role("heading", level=3)).to_have_text(
            expected.heading
        )
        assert accessible_buttons(page, "#settings") == expected.panel, name
        assert accessible_buttons(page, "#banner") == expected.banner_buttons, name
        if expected.banner:
            expect(page.locator("#banner")).to_contain_text(expected.banner)
        expect(page.locator("#settings")).to_contain_text(expected.says)
        expect(page.locator("#badge").get_by_role("button")).to_have_class(expected.badge)
        looks_right(page, name, *look)


def test_the_overlay_and_the_dialogs_look_right(in_look: Shown, look: tuple[str, int]) -> None:
    for name, (sequence, title) in OVERLAYS.items():
        in_look.open()
        ready = status("ready", current=sequence[0]["current"], update=sequence[0]["update"])
        page = in_look.show(ready, *sequence)
        expect(page.get_by_role("dialog", name=title)).to_be_visible()
        looks_right(page, name, *look)
    for name, (state, dialog) in DIALOGS.items():
        in_look.open()
        page = in_look.show(STATES[state])
        page.evaluate("(name) => document.querySelector('#badge').show(name)", dialog)
        expect(page.get_by_role("dialog")).to_be_visible()
        looks_right(page, name, *look)


def test_without_a_view_the_banner_floats_and_the_badge_opens_a_dialog(
    in_look: Shown, look: tuple[str, int]
) -> None:
    page = in_look.page
    page.evaluate(
        """() => {
          for (const name of ["banner", "settings"]) document.getElementById(name).remove();
          document.getElementById("badge").removeAttribute("view");
        }"""
    )
    in_look.show(STATES["available"])
    expect(page.get_by_role("status")).to_contain_text(AVAILABLE)
    looks_right(page, "floating", *look)
    page.get_by_role("button", name="v1.0.0").click()
    expect(page.get_by_role("dialog", name="Updates")).to_be_visible()


def test_there_is_a_row_for_each_state_of_the_service(shown: Shown) -> None:
    rows = shown.page.evaluate("import('/update-center.js').then((m) => Object.keys(m.STATES))")
    assert sorted(rows) == sorted(get_args(State))
