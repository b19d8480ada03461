# SPDX-License-Identifier: MIT
"""Headless Chromium, a page with the element, and an application that serves such a page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from installed import Installed
from sandbox import Project
from states import Status

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
NO_CHROMIUM = f"no Chromium at {CHROMIUM}: the page was not tested (scripts/setup --browser)"
HERE = Path(__file__).parent
MODULE = HERE.parents[1] / "src/release_updater/static/update-center.js"
NOON = "2026-12-01T12:00:00Z"

expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--headless=new", "--no-sandbox"]
        )
        yield browser
        browser.close()


class Shown:
    """A page with the element that is connected to nothing: `show` sets what it shows."""

    url = "http://harbour.test/"

    def __init__(self, context: BrowserContext) -> None:
        context.route("**/*", lambda route: route.fulfill(status=404))
        context.route(f"{self.url}*", lambda route: route.fulfill(path=HERE / "page.html"))
        context.route(
            "**/update-center.js",
            lambda route: route.fulfill(path=MODULE, content_type="text/javascript"),
        )
        self.context = context
        self.page = context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.open()

    def open(self, query: str = "") -> None:
        self.page.clock.set_fixed_time(NOON)
        self.page.goto(self.url + query)
        self.page.evaluate("customElements.whenDefined('update-center').then(() => 0)")

    def show(self, *statuses: Status) -> Page:
        """One after the other, as they would come from the server."""
        for status in statuses:
            self.page.evaluate(
                """async (status) => {
                  document.querySelector('update-center').status = status;
                  await new Promise((done) => setTimeout(done));
                }""",
                status,
            )
        return self.page


NewShown = Callable[..., Shown]


@pytest.fixture
def new_shown(browser: Browser) -> Iterator[NewShown]:
    all_of: list[Shown] = []

    def make(**options: Any) -> Shown:
        options = {"viewport": {"width": 1000, "height": 700}, "locale": "en-GB", **options}
        all_of.append(Shown(browser.new_context(**options)))
        return all_of[-1]

    yield make
    for shown in all_of:
        shown.context.close()
        assert shown.errors == []


@pytest.fixture
def shown(new_shown: NewShown) -> Shown:
    return new_shown()


class Site:
    """The application, and browsers that show its page."""

    def __init__(self, browser: Browser, app: Installed) -> None:
        self.app = app
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def start(self, **variables: str) -> None:
        words = ("--port", str(self.app.port), "--log-level", "warning")
        self.app.start(*words, "--app-dir", str(HERE / "app"), **variables)

    def context(self, role: str = "admin", **options: Any) -> BrowserContext:
        """Another browser of somebody with this role."""
        options = {"locale": "en-GB", "reduced_motion": "reduce", **options}
        context = self._browser.new_context(**options)
        context.set_default_timeout(30_000)
        if role:
            context.add_cookies([{"name": "role", "value": role, "url": self.app.url}])
        self._contexts.append(context)
        return context

    def open(self, context: BrowserContext | None = None, query: str = "") -> Page:
        page = (context or self.context()).new_page()
        page.goto(f"{self.app.url}/?base=/system/update{query}")
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def site(browser: Browser, project: Project, app: Installed) -> Iterator[Site]:
    """1.0.0 is installed and not started yet."""
    site = Site(browser, app)
    yield site
    site.close()
