# SPDX-License-Identifier: MIT
"""The element and the API: rights, settings, and a server that is not there for a while."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from conftest import Site
from sandbox import Project
from test_journey import badge, banner, find_update, panel, press

ASK = """async ([method, path, body]) => {
  const headers = {"Content-Type": "application/json"};
  const answer = await fetch("/system/update" + path, {method, headers, body});
  return answer.status;
}"""
ROUTES = [
    ("POST", "/check", "{}"),
    ("POST", "/download", "{}"),
    ("POST", "/apply", "{}"),
    ("POST", "/rollback", "{}"),
    ("PUT", "/settings", "{}"),
]


def buttons(page: Page) -> list[str]:
    return page.get_by_role("button").all_inner_texts()


def test_who_has_no_right_sees_the_update_but_no_buttons_and_is_refused(
    project: Project, site: Site
) -> None:
    site.start()
    project.publish("1.1.0", notes="- Berths")
    find_update(site.open(), "1.1.0")

    page = site.open(site.context("user"))
    expect(banner(page)).to_contain_text("An administrator can install it.")
    assert buttons(page) == ["v1.0.0", "What’s new", "Later", "Skip"]
    for role in ("switch", "combobox"):
        expect(page.get_by_role(role)).to_have_count(0)
    for method, path, body in ROUTES:
        assert page.evaluate(ASK, [method, path, body]) == 403, path

    # Whoever may not decide for all skips a version for himself.
    banner(page).get_by_role("button", name="Skip version 1.1.0").click()
    expect(banner(page)).to_have_count(0)
    page.reload()
    expect(panel(page)).to_contain_text("You skipped this version.")
    expect(banner(page)).to_have_count(0)
    assert site.app.status({"Cookie": "role=user"})["dismissed"] is None

    stranger = site.open(site.context(""))
    stranger.wait_for_load_state("networkidle")
    assert buttons(stranger) == []


def test_requests_with_a_token_work_without_events(site: Site) -> None:
    site.start()
    context = site.context("")
    context.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
          const withToken = (url, init) => fetch(url, {
            ...init, headers: {...init.headers, Authorization: "Bearer admin"}});
          for (const one of document.querySelectorAll("update-center")) one.fetch = withToken;
        })"""
    )
    page = site.open(context)
    expect(badge(page)).to_have_text("v1.0.0")
    press(panel(page), "Check now")
    expect(panel(page).get_by_role("heading", name="This is the newest version")).to_be_visible()


def test_settings_are_kept_and_those_that_cannot_be_changed_say_how(site: Site) -> None:
    site.start()
    page = site.open()
    panel(page).get_by_label("How often").select_option("Every 6 hours")
    expect(panel(page).get_by_role("status")).to_have_text("Saved")
    panel(page).get_by_label("When there is an update").select_option("Download it and tell me")
    expect(panel(page).get_by_role("status")).to_have_text("Saved")
    panel(page).get_by_label("Releases").select_option("Stable and pre-releases")
    expect(panel(page).get_by_role("alert")).to_contain_text("updater/config.json")
    expect(panel(page).get_by_label("Releases")).to_have_value("false")

    page.reload()
    expect(panel(page).get_by_label("How often")).to_have_value("6")
    expect(panel(page).get_by_label("When there is an update")).to_have_value("download")
    panel(page).get_by_role("switch", name="Check for updates automatically").uncheck()
    expect(panel(page).get_by_label("How often")).to_have_count(0)
    page.reload()
    expect(panel(page).get_by_role("switch")).not_to_be_checked()


def test_a_second_check_within_a_minute_says_so(site: Site) -> None:
    site.start(TEST_DEBOUNCE="60")
    page = site.open()
    for _ in range(2):
        press(panel(page), "Check now")
        expect(panel(page).get_by_role("button", name="Check now")).to_be_enabled()
    expect(panel(page).get_by_role("alert")).to_contain_text("again")


def test_a_page_notices_that_the_application_is_away_and_back(site: Site) -> None:
    site.start()
    page = site.open()
    expect(badge(page)).to_have_text("v1.0.0")
    site.app.stop()
    expect(panel(page)).to_contain_text("Connection lost")
    site.start()
    expect(panel(page)).not_to_contain_text("Connection lost")
    press(panel(page), "Check now")
    expect(panel(page).get_by_role("heading", name="This is the newest version")).to_be_visible()
