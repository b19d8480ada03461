# SPDX-License-Identifier: MIT
"""Keyboard, focus, screen readers, and what the author of a page can change."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from conftest import HERE, MODULE, NewShown, Shown
from states import STATES, result, status, update

READY = STATES["ready"]
APPLYING = status("applying", update=update())
DONE = status(current="1.1.0", run="run-2", last_result=result("updated", "1.1.0", "1.0.0"))
FOCUS = """() => {
  let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  return one?.dataset?.key ?? one?.nodeName;
}"""


def focus(page: Page) -> Any:
    return page.evaluate(FOCUS)


def tabs(page: Page, times: int) -> list[Any]:
    found = []
    for _ in range(times):
        page.keyboard.press("Tab")
        found.append(focus(page))
    return found


def test_the_keyboard_reaches_every_control_in_reading_order(shown: Shown) -> None:
    page = shown.show(STATES["available"])
    order = tabs(page, 18)
    assert order[0] == "badge"
    assert order[3:7] == ["notes", "later", "skip", "download"]
    assert order[7:10] == ["apply", "download", "check"]
    assert order[10:12] == ["SUMMARY", "SUMMARY"]
    assert order[12:16] == ["INPUT", "SELECT", "SELECT", "SELECT"]


@pytest.mark.parametrize(
    ("state", "button", "title"),
    [
        ("available", "What’s new", "What’s new"),
        ("ready", "Restart and update", "Update to 1.1.0?"),
    ],
)
def test_a_dialog_keeps_the_focus_and_gives_it_back(
    shown: Shown, state: str, button: str, title: str
) -> None:
    page = shown.show(STATES[state])
    opener = page.locator("#banner").get_by_role("button", name=button)
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=title)
    expect(dialog).to_be_visible()
    inside = "() => document.querySelector('#banner').shadowRoot.activeElement?.closest('dialog')"
    for _ in range(12):
        page.keyboard.press("Tab")
        # A modal dialog lets the focus out to the browser's own controls only.
        assert page.evaluate(f"({inside})() !== null || document.activeElement === document.body")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()


def test_the_overlay_cannot_be_left_until_the_application_is_back(shown: Shown) -> None:
    page = shown.show(READY)
    page.locator("#settings").get_by_label("How often").focus()
    shown.show(APPLYING)
    overlay = page.get_by_role("dialog", name="Updating to 1.1.0")
    for _ in range(3):
        page.keyboard.press("Escape")
        expect(overlay).to_be_visible()
    shown.show(DONE)
    finished = page.get_by_role("dialog", name="Updated to 1.1.0")
    expect(finished.get_by_role("button", name="Reload page")).to_be_focused()
    page.keyboard.press("Escape")
    expect(finished).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "settings"
    expect(page.get_by_label("How often")).to_be_focused()


def test_a_button_keeps_the_focus_while_the_status_changes(shown: Shown) -> None:
    downloading = STATES["downloading"]
    page = shown.show(downloading)
    page.locator("#banner").get_by_role("button", name="What’s new").focus()
    for done in range(0, 40_000_000, 10_000_000):
        shown.show({**downloading, "progress": {"done": done, "total": 48_211_021}})
    assert focus(page) == "notes"
    # A button that goes away leaves the focus near by.
    shown.show(READY)
    page.locator("#banner").get_by_role("button", name="Restart and update").focus()
    shown.show(downloading)
    assert focus(page) == "banner-shown"


def test_screen_readers_hear_news_but_not_every_percent(shown: Shown) -> None:
    page = shown.show(STATES["downloading"])
    banner = page.locator("#banner")
    expect(banner.get_by_role("status")).to_contain_text("Downloading version 1.1.0")
    expect(banner.get_by_role("status").get_by_role("progressbar")).to_have_count(0)
    progress = banner.get_by_role("progressbar", name="Progress of the download")
    expect(progress).to_have_attribute("value", "12400000")
    expect(page.get_by_role("alert")).to_have_count(0)

    shown.show(STATES["available-critical"])
    expect(banner.get_by_role("alert")).to_contain_text("Critical update")
    expect(banner.get_by_role("status")).to_have_count(0)
    shown.show(STATES["checking"])
    expect(page.locator("#settings").get_by_role("status")).to_have_text("Looking for updates…")


def test_the_badge_pulses_unless_motion_is_unwanted(new_shown: NewShown) -> None:
    animation = """() => getComputedStyle(
      document.querySelector('#badge').shadowRoot.querySelector('.dot'), '::after').animationName"""
    for wanted, name in (("no-preference", "pulse"), ("reduce", "none")):
        page = new_shown(reduced_motion=wanted).show(STATES["available"])
        assert page.evaluate(animation) == name


def test_texts_of_the_server_are_text(shown: Shown) -> None:
    evil = "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>"
    notes = [{"version": evil, "text": f"# {evil}\n- {evil}\n\n**{evil}** [{evil}](javascript:x)"}]
    bad = update(summary=evil, notes=notes, page="javascript:document.title='owned'")
    page = shown.show(status("update_available", update=bad, is_admin=False))
    page.locator("#banner").get_by_role("button", name="What’s new").click()
    expect(page.get_by_role("dialog").locator("li")).to_have_text(evil)
    expect(page.locator("update-center img, update-center script")).to_have_count(0)
    expect(page.get_by_role("link", name="Release page")).to_have_count(0)
    assert page.title() == "Harbour"


def test_who_cannot_install_an_update_is_led_to_the_page_of_the_release(shown: Shown) -> None:
    page = shown.show(STATES["available-container"])
    for where in ("#banner", "#settings"):
        link = page.locator(where).get_by_role("link", name="Release page")
        expect(link).to_have_attribute("href", update()["page"])
    shown.show(STATES["available"])
    expect(page.get_by_role("link", name="Release page")).to_have_count(0)


def test_later_hides_the_banner_for_a_day_in_all_tabs(shown: Shown) -> None:
    page = shown.show(STATES["available"])
    other = shown.context.new_page()
    other.goto(shown.url)
    other.evaluate(
        "(status) => { document.querySelector('update-center').status = status; }",
        STATES["available"],
    )
    page.clock.set_fixed_time("2026-12-01T12:00:00Z")
    other.clock.set_fixed_time("2026-12-01T12:00:00Z")
    page.locator("#banner").get_by_role("button", name="Later").click()
    for one in (page, other):
        expect(one.locator("#banner").get_by_role("region")).to_have_count(0)
    page.clock.set_fixed_time("2026-12-02T13:00:00Z")
    shown.show(STATES["available"])
    expect(page.locator("#banner").get_by_role("region")).to_have_count(1)


def test_a_restart_that_takes_long_offers_to_reload(shown: Shown) -> None:
    page = shown.show(READY, APPLYING)
    page.clock.set_fixed_time("2026-12-01T12:02:00Z")
    shown.show(APPLYING)
    overlay = page.get_by_role("dialog", name="Updating to 1.1.0")
    expect(overlay).to_contain_text("longer than usual")
    expect(overlay.get_by_role("button", name="Reload page")).to_be_visible()


def test_a_refused_update_closes_the_overlay(shown: Shown) -> None:
    page = shown.show(READY, APPLYING, STATES["error-update"])
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#settings")).to_contain_text("12.1 MB are free")


def test_a_page_loaded_during_the_trial_says_how_it_ended(shown: Shown) -> None:
    trial = status("restarting", current="1.1.0", run="run-2", update=update())
    page = shown.show(trial)
    expect(page.get_by_role("dialog", name="Updating to 1.1.0")).to_be_visible()
    shown.show(DONE)
    expect(page.get_by_role("dialog", name="Updated to 1.1.0")).to_be_visible()


def test_a_page_that_did_not_ask_for_the_update_says_what_is_installed(shown: Shown) -> None:
    trial = status("restarting", current="1.1.0", run="run-2")
    page = shown.show(status(), trial)
    expect(page.get_by_role("dialog", name="Updating to 1.1.0")).to_be_visible()


def test_the_language_follows_the_page_and_texts_can_be_replaced(shown: Shown) -> None:
    shown.open("?lang=de")
    page = shown.show(STATES["available"])
    settings = page.locator("#settings")
    expect(settings.get_by_role("heading", level=3)).to_have_text("Version 1.1.0 ist verfügbar")
    expect(settings.get_by_role("button", name="Herunterladen (48,2 MB)")).to_be_visible()
    page.evaluate(
        "() => { document.querySelector('#settings').strings = {check: 'Nachsehen', "
        "update_available: 'Neu: {new}'}; }"
    )
    expect(settings.get_by_role("button", name="Nachsehen")).to_be_visible()
    expect(settings.get_by_role("heading", level=3)).to_have_text("Neu: 1.1.0")
    expect(settings.get_by_role("button", name="Jetzt aktualisieren")).to_be_visible()


def test_all_languages_have_all_texts_and_all_texts_are_used(shown: Shown) -> None:
    languages = shown.page.evaluate("import('/update-center.js').then((m) => m.LANGUAGES)")
    english = languages.pop("en")
    for name, texts in languages.items():
        assert texts.keys() == english.keys(), name
        for key, text in texts.items():
            placeholders = set(re.findall(r"\{\w+\}", text))
            assert placeholders <= {*re.findall(r"\{\w+\}", english[key]), "{version}", "{new}"}
    code = MODULE.read_text("utf-8").split("// ---", 2)[2].split("\n", 1)[1]
    for key in english:
        families = [f"`{key[: at + 1]}$" for at, letter in enumerate(key) if letter == "_"]
        is_used = re.search(rf'"{key}"|\b{key}:', code) or any(one in code for one in families)
        assert is_used, f"{key} is not used"


def test_an_author_can_change_theme_colours_and_parts(new_shown: NewShown) -> None:
    shown = new_shown(color_scheme="light")
    page = shown.show(STATES["available"])
    background = """() => getComputedStyle(
      document.querySelector('#settings').shadowRoot.querySelector('.panel')).backgroundColor"""
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    shown.open("?theme=dark")
    shown.show(STATES["available"])
    assert page.evaluate(background) == "rgb(27, 31, 40)"
    page.add_style_tag(
        content="update-center { --update-accent: rgb(0, 100, 0); }"
        "update-center::part(badge has-update) { text-transform: uppercase; }"
    )
    main = page.locator("#settings").get_by_role("button", name="Update now")
    expect(main).to_have_css("background-color", "rgb(0, 100, 0)")
    expect(page.locator("#badge").get_by_role("button")).to_have_css("text-transform", "uppercase")


def test_a_page_can_open_the_settings_elsewhere(shown: Shown) -> None:
    page = shown.show(STATES["available"])
    badge = page.locator("#badge").get_by_role("button")
    badge.click()
    assert focus(page) == "panel"
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.evaluate(
        """() => document.addEventListener("update-center-open", (event) => {
          event.preventDefault();
          document.title = "Settings";
        })"""
    )
    badge.click()
    expect(page).to_have_title("Settings")


def test_what_a_page_hears_is_the_status(shown: Shown) -> None:
    page = shown.page
    page.evaluate(
        """() => {
          window.heard = [];
          document.querySelector("#badge").addEventListener(
            "update-center-status", (event) => window.heard.push(event.detail.state));
        }"""
    )
    shown.show(STATES["available"], STATES["downloading"], READY)
    assert page.evaluate("window.heard") == ["update_available", "downloading", "ready"]


STRICT = """<!doctype html><html lang="en"><title>Strict</title>
<update-center view="badge settings"></update-center><script src="first.js"></script>
<script type="module" src="update-center.js"></script></html>"""


POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"


def test_a_strict_policy_is_enough_and_properties_may_be_set_before_the_module_is_there(
    shown: Shown,
) -> None:
    set_first = f"""Object.assign(document.querySelector("update-center"), {{
      strings: {{check: "Look"}}, status: {json.dumps(STATES["idle"])}}});"""

    def serve(name: str, body: str, kind: str) -> None:
        headers = {"Content-Security-Policy": POLICY}
        shown.context.route(
            f"{shown.url}{name}",
            lambda route: route.fulfill(body=body, content_type=kind, headers=headers),
        )

    serve("strict", STRICT, "text/html")
    serve("first.js", set_first, "text/javascript")
    refused: list[str] = []
    shown.page.on("console", lambda message: refused.append(message.text))
    shown.page.goto(f"{shown.url}strict")
    expect(shown.page.get_by_role("button", name="Look")).to_have_css("cursor", "pointer")
    assert refused == []


def test_the_reference_lists_what_an_author_can_change() -> None:
    reference = (HERE.parents[2] / "docs/update-center.md").read_text("utf-8")
    code = MODULE.read_text("utf-8")
    for name, colour in re.findall(r"var\((--update-[a-z-]+), (#\w+)?", code):
        assert f"`{name}`" in reference, name
        assert colour in reference, f"{name}: {colour}"
    parts = re.findall(r'part: [`"]([a-z- ]+)[`"]', code)
    assert len(parts) > 10
    for part in {one for name in parts for one in name.split()}:
        assert f"`{part}`" in reference or part.startswith(("button-", "dialog-")), part
