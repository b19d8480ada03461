# SPDX-License-Identifier: MIT
"""Who may ask for what, and how. All tests here ask the same running application."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from events import address
from installed import ADMIN, API, USER, Installed
from sandbox import Project, Sandbox

ADMIN_ONLY = ["/check", "/download", "/apply", "/rollback"]
CHANGING = [*ADMIN_ONLY, "/dismiss"]


@pytest.fixture(scope="module")
def running(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    folder = tmp_path_factory.mktemp("routes")
    project = Project(sandbox, folder / "project", "routes")
    project.publish("1.0.0")
    app = Installed(project.archive("1.0.0"), folder / "installed")
    app.start()
    yield app
    app.close()


@pytest.mark.parametrize("path", ADMIN_ONLY)
def test_without_the_right_it_is_forbidden(running: Installed, path: str) -> None:
    answer = running.client.post(f"{API}{path}", json={}, headers=USER)
    assert (answer.status_code, answer.json()) == (403, {"detail": "You are no admin."})


def test_without_the_right_settings_are_not_changed(running: Installed) -> None:
    settings = running.client.get(f"{API}/settings", headers=USER).json()
    answer = running.client.put(f"{API}/settings", json=settings, headers=USER)
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/status", "/settings"])
def test_who_is_no_user_sees_nothing(running: Installed, path: str) -> None:
    assert running.client.get(f"{API}{path}").status_code == 403
    assert running.client.post(f"{API}/dismiss", json={"version": "9.0.0"}).status_code == 403


def test_the_status_says_whether_the_caller_is_an_admin(running: Installed) -> None:
    assert running.status(ADMIN)["is_admin"] is True
    assert running.status(USER)["is_admin"] is False


@pytest.mark.parametrize("path", CHANGING)
def test_pages_of_other_sites_cannot_ask(running: Installed, path: str) -> None:
    for headers in (
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site", "Origin": "https://other.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ):
        answer = running.post(path, {"version": "9.0.0"}, **headers)
        assert answer.status_code == 403, headers


def test_pages_of_this_application_can_ask(running: Installed) -> None:
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": running.url}, {}):
        assert running.post("/dismiss", {"version": "9.0.0"}, **headers).status_code == 200


@pytest.mark.parametrize("path", CHANGING)
def test_only_json_is_accepted(running: Installed, path: str) -> None:
    url = f"{API}{path}"
    form = running.client.post(url, data={"version": "9.0.0"}, headers=ADMIN)
    assert form.status_code == 415
    text = {**ADMIN, "Content-Type": "text/plain"}
    assert running.client.post(url, content="{}", headers=text).status_code == 415
    assert running.client.post(url, headers=ADMIN).status_code == 415


@pytest.mark.parametrize(
    "change", [{"check_interval_hours": 0}, {"auto": "apply"}, {"enabled": "perhaps"}]
)
def test_settings_that_make_no_sense_are_refused(
    running: Installed, change: dict[str, object]
) -> None:
    url = f"{API}/settings"
    before = running.client.get(url, headers=ADMIN).json()
    assert running.client.put(url, json=before | change, headers=ADMIN).status_code == 422
    assert running.client.get(url, headers=ADMIN).json() == before


def test_the_channel_is_not_changed_here(running: Installed) -> None:
    url = f"{API}/settings"
    before = running.client.get(url, headers=ADMIN).json()
    answer = running.client.put(url, json=before | {"include_prerelease": True}, headers=ADMIN)
    assert answer.status_code == 409
    assert "updater/config.json" in answer.json()["detail"]


@pytest.mark.parametrize("version", ["../../etc", "1.0.0/..", "x" * 101, "1 0", "-1"])
def test_versions_that_are_none_are_refused(running: Installed, version: str) -> None:
    for path in ("/download", "/apply", "/dismiss"):
        assert running.post(path, {"version": version}).status_code == 422


def test_the_second_check_has_to_wait(running: Installed) -> None:
    assert running.post("/check").status_code == 202
    again = running.post("/check")
    assert again.status_code == 429
    assert 50 <= int(again.headers["Retry-After"]) <= 60
    running.is_in("idle")


def test_events_begin_with_the_status_and_follow_its_changes(running: Installed) -> None:
    with connect(address(running), additional_headers=ADMIN) as events:
        first = json.loads(events.recv(10))
        assert first["type"] == "update_state"
        assert first["status"] == running.status()
        running.post("/dismiss", {"version": "8.0.0"})
        assert json.loads(events.recv(10))["status"]["dismissed"] == "8.0.0"


@pytest.mark.parametrize("headers", [{}, {**ADMIN, "Origin": "https://evil.example"}])
def test_events_are_not_for_everybody(running: Installed, headers: dict[str, str]) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(address(running), additional_headers=headers)
    assert refused.value.response.status_code == 403


def test_the_address_in_the_health_file_and_the_answer_fit_together(running: Installed) -> None:
    assert running.client.get("/health").json()["run"] == running.status()["run"]


def test_the_element_is_served_as_a_module(running: Installed) -> None:
    path = Path(__file__).parents[1] / "src/release_updater/static/update-center.js"
    if not path.exists():
        pytest.skip("there is no element yet")
    answer = running.client.get(f"{API}/update-center.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
