# SPDX-License-Identifier: MIT
"""What happens without being asked, and what is remembered over restarts."""

from __future__ import annotations

import json
import time

from installed import ADMIN, API, Installed, becomes
from release_updater.service import START_DELAY
from sandbox import Project


def test_a_release_is_found_after_the_start_and_a_dismissed_version_stays_dismissed(
    project: Project, app: Installed
) -> None:
    project.publish("1.1.0")
    app.start(TEST_START_DELAY="0")
    assert app.is_in("update_available")["update"]["version"] == "1.1.0"
    assert app.post("/dismiss", {"version": "1.1.0"}).json()["dismissed"] == "1.1.0"
    app.stop()

    app.start(TEST_START_DELAY="0")
    again = app.is_in("update_available")
    assert (again["update"]["version"], again["dismissed"]) == ("1.1.0", "1.1.0")


def test_with_auto_download_the_release_is_ready_without_being_asked(
    project: Project, app: Installed
) -> None:
    project.publish("1.1.0")
    app.settings_file(auto="download")
    app.start(TEST_START_DELAY="0")
    assert app.is_in("ready", "error")["state"] == "ready"
    assert app.status()["current"] == "1.0.0"


def test_the_first_check_waits_until_the_application_has_started(
    project: Project, app: Installed
) -> None:
    assert START_DELAY == 30
    begun = time.monotonic()
    app.start(TEST_START_DELAY="8")
    becomes(lambda: project.lists_read())
    assert time.monotonic() - begun >= 8


def test_a_check_is_due_after_the_interval_and_not_before(project: Project, app: Installed) -> None:
    app.settings_file(check_interval_hours=2)
    app.start(TEST_START_DELAY="0")
    becomes(lambda: app.status()["last_check"], "the first check")
    app.stop()
    file = app.data / ".launcher" / "service.json"
    for hours, checks in ((1, 1), (3, 2)):
        state = json.loads(file.read_text())
        file.write_text(json.dumps(state | {"attempted": time.time() - hours * 3600}))
        app.start(TEST_START_DELAY="0")
        becomes(lambda: app.launcher_status()["answers"], "the confirmation, which comes first")
        time.sleep(1)  # nothing can be awaited that must not happen
        becomes(lambda count=checks: len(project.lists_read()) >= count)
        assert len(project.lists_read()) == checks
        app.stop()


def test_when_checks_are_switched_off_only_a_person_checks(
    project: Project, app: Installed
) -> None:
    app.settings_file(enabled=False)
    app.start(TEST_START_DELAY="0")
    becomes(lambda: app.launcher_status()["answers"], "the confirmation")
    time.sleep(1)  # nothing can be awaited that must not happen
    assert project.lists_read() == []
    app.post("/check")
    becomes(lambda: project.lists_read())


def test_a_version_on_trial_is_confirmed_when_it_has_started(
    project: Project, app: Installed
) -> None:
    project.publish("1.1.0")
    app.command("update")
    app.start()
    becomes(lambda: app.launcher_status()["outcome"] == "updated from 1.0.0 to 1.1.0")


def test_a_version_on_trial_is_well_if_its_address_answers(
    project: Project, app: Installed
) -> None:
    project.publish("1.1.0")
    app.command("update")
    app.start(TEST_NO_CONFIRM="1", TEST_ADDRESS=app.url)
    becomes(lambda: app.launcher_status()["outcome"] == "updated from 1.0.0 to 1.1.0")


def test_an_application_may_confirm_by_itself(project: Project, app: Installed) -> None:
    app.start(TEST_NO_CONFIRM="1")
    time.sleep(2.5)
    assert app.launcher_status()["answers"] == {}


def test_settings_survive_a_restart_and_faults_in_their_file(
    project: Project, app: Installed
) -> None:
    app.start()
    settings = {
        "enabled": False,
        "check_interval_hours": 6,
        "auto": "download",
        "include_prerelease": False,
    }
    assert app.client.put(f"{API}/settings", json=settings, headers=ADMIN).json() == settings
    app.stop()
    file = app.data / ".launcher" / "settings.json"
    stored = json.loads(file.read_text())
    file.write_text(json.dumps(stored | {"auto": "apply", "check_interval_hours": -1}))
    app.start()
    expected = settings | {"auto": "notify", "check_interval_hours": 24}
    assert app.status()["settings"] == expected
