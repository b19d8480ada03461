# SPDX-License-Identifier: MIT
"""The template examples/python-app on its own pages: its releases are built by its scripts, signed
and installed as a user installs them.

With UPDATE_CENTER_PICTURES=FOLDER pictures of its pages are written."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import Site
from installed import Installed, becomes
from sandbox import Sandbox
from template import Template
from test_journey import badge, banner, find_update, overlay, panel, press, update_now
from test_states import LOOKS, looks_right

# It has two tries, in which a whole interpreter starts.
PATIENCE = 120_000  # milliseconds
SPOILS = """
with sqlite3.connect("app.db") as spoilt:
    spoilt.execute("DELETE FROM notes")
raise SystemExit("this version is broken")
"""


@pytest.fixture
def template(browser: Browser, sandbox: Sandbox, tmp_path: Path) -> Template:
    """With the release 1.0.0. Needs the browser, so that nothing is built without one."""
    template = Template(sandbox, tmp_path / "project", "your-app")
    template.publish("1.0.0")
    return template


@pytest.fixture
def site(browser: Browser, template: Template, tmp_path: Path) -> Iterator[Site]:
    archive = template.archive("1.0.0")
    app = Installed(archive, tmp_path / "installed", "your-app", about="/version")
    site = Site(browser, app)
    yield site
    site.close()
    app.close()


def notes(app: Installed) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(app.data / "app.db")) as database:
        return database.execute("SELECT at, text FROM notes").fetchall()


def pages_look_right(site: Site) -> None:
    for theme, width in LOOKS:
        size = {"width": width, "height": 800}
        page = site.context(viewport=size, color_scheme=theme).new_page()
        for name in ("", "settings"):
            page.goto(f"{site.app.url}/{name}")
            expect(banner(page)).to_be_visible()
            looks_right(page, f"template-{name or 'home'}", theme, width)
        page.context.close()


def add_note(page: Page, text: str) -> None:
    page.get_by_label("Note").fill(text)
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("listitem").filter(has_text=text)).to_be_visible()


def test_the_template_updates_itself_from_its_own_page_and_a_broken_version_is_taken_back(
    template: Template, site: Site
) -> None:
    app = site.app
    app.start("--port", str(app.port))
    page = site.context().new_page()
    page.goto(app.url)
    expect(badge(page)).to_have_text("v1.0.0")
    add_note(page, "remember me")
    before = notes(app)
    assert [text for _, text in before] == ["remember me"]

    template.publish("1.1.0", notes="# New\n\n- Faster", summary="Faster, and good in the dark.")
    badge(page).click()
    expect(page).to_have_url(f"{app.url}/settings")
    find_update(page, "1.1.0")
    expect(badge(page)).to_have_class(re.compile(r"\bhas-update\b"))
    expect(banner(page).get_by_role("status")).to_contain_text("Faster, and good in the dark.")
    pages_look_right(site)

    press(banner(page), "What’s new")
    expect(page.get_by_role("dialog", name="What’s new").get_by_role("listitem")).to_have_text(
        "Faster"
    )
    page.keyboard.press("Escape")
    banner(page).get_by_role("button", name="Download").click()
    press(banner(page), "Restart and update")
    press(page.get_by_role("dialog", name="Update to 1.1.0?"), "Restart and update")
    expect(overlay(page)).to_contain_text("Updating to 1.1.0")
    ended = overlay(page).get_by_role("alert")
    expect(ended).to_have_text("Updated to 1.1.0", timeout=PATIENCE)
    press(overlay(page), "Reload page")
    expect(badge(page)).to_have_text("v1.1.0")
    assert notes(app) == before

    template.publish("1.2.0", first=SPOILS)
    becomes(lambda: app.post("/check").status_code == 202, "a check; one a minute is allowed")
    expect(banner(page)).to_contain_text("Version 1.2.0 is available")
    update_now(page, "1.2.0")
    expect(overlay(page)).to_contain_text("Updating to 1.2.0")
    expect(ended).to_have_text("1.2.0 did not start; 1.1.0 is back", timeout=PATIENCE)
    page.keyboard.press("Escape")
    expect(panel(page)).to_contain_text("1.2.0 did not start; 1.1.0 is back")
    assert notes(app) == before
    page.goto(app.url)
    expect(badge(page)).to_have_text("v1.1.0")
    expect(page.get_by_role("listitem").filter(has_text="remember me")).to_be_visible()
