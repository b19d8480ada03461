# SPDX-License-Identifier: MIT
"""Updates as a person makes them: page, package, launcher and server are real."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from conftest import Site
from installed import becomes
from sandbox import Project

ADMIN_COOKIE = {"Cookie": "role=admin"}


def banner(page: Page) -> Locator:
    return page.locator("[view~=banner]").get_by_role("region", name="Updates")


def badge(page: Page) -> Locator:
    return page.locator("[view=badge]").get_by_role("button")


def panel(page: Page) -> Locator:
    return page.locator("[view=settings]")


def overlay(page: Page) -> Locator:
    return page.locator("dialog.overlay")


def press(where: Locator, name: str) -> None:
    where.get_by_role("button", name=name, exact=True).click()


def find_update(page: Page, version: str) -> None:
    press(panel(page), "Check now")
    expect(banner(page)).to_contain_text(f"Version {version} is available")


def update_now(page: Page, version: str) -> None:
    press(panel(page), "Update now")
    press(page.get_by_role("dialog", name=f"Update to {version}?"), "Update now")


def test_from_the_badge_to_the_new_version_and_from_a_bad_one_back(
    project: Project, site: Site
) -> None:
    site.start()
    page = site.open()
    expect(badge(page)).to_have_text("v1.0.0")
    expect(banner(page)).to_have_count(0)
    precious = (site.app.data / "app.db").read_text()

    project.publish("1.0.1", notes="- A fix")
    project.publish("1.1.0", notes="# New\n\n- Berths", summary="Berths!", more_bytes=6_000_000)
    find_update(page, "1.1.0")
    expect(badge(page)).to_have_class(re.compile(r"\bhas-update\b"))
    expect(banner(page).get_by_role("status")).to_contain_text("Berths!")

    press(banner(page), "What’s new")
    notes = page.get_by_role("dialog", name="What’s new")
    expect(notes.locator("summary")).to_have_text(["1.1.0", "1.0.1"])
    expect(notes.get_by_role("listitem").first).to_have_text("Berths")
    expect(notes.get_by_text("not signed", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(notes).to_have_count(0)

    # The connection breaks off half way, so that there is something to see.
    project.sandbox.fault(kind="cut", path=".tar.gz", after=3_000_000, ms=6000)
    banner(page).get_by_role("button", name="Download").click()
    expect(banner(page).get_by_role("progressbar")).to_have_attribute("value", re.compile(r"\d{6}"))
    expect(banner(page)).to_contain_text(re.compile(r"[\d.]+ MB of [\d.]+ MB\s*\d+%"))

    press(banner(page), "Restart and update")
    press(page.get_by_role("dialog", name="Update to 1.1.0?"), "Restart and update")
    expect(overlay(page)).to_contain_text("Updating to 1.1.0")
    expect(overlay(page).get_by_role("alert")).to_have_text("Updated to 1.1.0")
    press(overlay(page), "Reload page")
    expect(badge(page)).to_have_text("v1.1.0")
    expect(panel(page)).to_contain_text("Updated to 1.1.0")

    project.publish("1.2.0", first="echo spoilt >../data/app.db; exit 3")
    find_update(page, "1.2.0")
    update_now(page, "1.2.0")
    expect(overlay(page)).to_contain_text("Updating to 1.2.0")
    expect(overlay(page).get_by_role("alert")).to_have_text("1.2.0 did not start; 1.1.0 is back")
    page.keyboard.press("Escape")
    expect(overlay(page)).to_have_count(0)
    expect(panel(page)).to_contain_text("1.2.0 did not start; 1.1.0 is back")
    expect(badge(page)).to_have_text("v1.1.0")
    expect(banner(page)).to_have_count(0)
    assert (site.app.data / "app.db").read_text() == precious == "precious"


def test_a_version_that_has_failed_is_tried_again_if_somebody_asks_for_it(
    project: Project, site: Site
) -> None:
    site.start()
    page = site.open()
    project.publish("1.1.0", first="[ -e ../data/repaired ] || exit 3")
    find_update(page, "1.1.0")
    update_now(page, "1.1.0")
    ended = overlay(page).get_by_role("alert")
    expect(ended).to_have_text("1.1.0 did not start; 1.0.0 is back")
    press(overlay(page), "Reload page")

    (site.app.data / "repaired").touch()
    press(panel(page), "Try 1.1.0 again")
    press(page.get_by_role("dialog", name="Try 1.1.0 again?"), "Try 1.1.0 again")
    expect(ended).to_have_text("Updated to 1.1.0")
    press(overlay(page), "Reload page")
    expect(badge(page)).to_have_text("v1.1.0")
    expect(panel(page).get_by_role("button", name="again")).to_have_count(0)


def test_two_tabs_agree_and_what_was_skipped_stays_so_after_a_restart(
    project: Project, site: Site
) -> None:
    site.start()
    project.publish("1.1.0")
    mine = site.context()
    first, second = site.open(mine), site.open(mine)
    find_update(first, "1.1.0")
    expect(banner(second)).to_contain_text("Version 1.1.0 is available")

    banner(second).get_by_role("button", name="Skip version 1.1.0").click()
    for page in (first, second):
        expect(banner(page)).to_have_count(0)
        expect(panel(page)).to_contain_text("You skipped this version.")
    assert site.app.status(ADMIN_COOKIE)["dismissed"] == "1.1.0"

    site.app.stop()
    site.start()
    first.reload()
    another_browser = site.open()
    for page in (first, another_browser):
        expect(panel(page)).to_contain_text("You skipped this version.")
        expect(banner(page)).to_have_count(0)

    update_now(first, "1.1.0")
    for page in (first, second, another_browser):
        expect(overlay(page)).to_contain_text(re.compile("Updat(ing|ed) to 1.1.0"))
    for page in (first, second, another_browser):
        expect(overlay(page).get_by_role("alert")).to_have_text("Updated to 1.1.0")
    second.keyboard.press("Escape")
    expect(banner(second)).to_contain_text("1.1.0 is running now. This page still shows 1.0.0.")
    press(banner(second), "Reload page")
    expect(badge(second)).to_have_text("v1.1.0")


def test_the_previous_version_comes_back_when_it_is_asked_for(project: Project, site: Site) -> None:
    project.publish("1.1.0")
    assert site.app.command("update")["status"] == 0
    site.start()
    becomes(lambda: site.app.status(ADMIN_COOKIE)["state"] == "idle", "the end of the trial")
    page = site.open()
    expect(panel(page)).to_contain_text("Updated to 1.1.0")
    (site.app.data / "app.db").write_text("newer")

    press(panel(page), "Return to 1.0.0")
    question = page.get_by_role("dialog", name="Return to 1.0.0?")
    expect(question.get_by_label("Keep the data as it is now")).to_be_checked()
    question.get_by_label("Also restore the data").check()
    press(question, "Return to 1.0.0")
    expect(overlay(page)).to_contain_text("Returning to 1.0.0")
    expect(overlay(page).get_by_role("alert")).to_have_text("Returned to 1.0.0")
    assert (site.app.data / "app.db").read_text() == "precious"
