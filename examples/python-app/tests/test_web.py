from importlib.metadata import version
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from your_app.web import create_app


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return TestClient(create_app(tmp_path / "data"))


def test_version_is_that_of_the_package(client: TestClient) -> None:
    assert client.get("/version").json() == {"name": "your_app", "version": version("your-app")}


def test_page_shows_title_and_version(client: TestClient) -> None:
    assert f"<h1>Your App {version('your-app')}</h1>" in client.get("/").text


def test_health(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    monkeypatch.setenv("LAUNCHER_RUN", "5f")
    assert client.get("/health").json() == {"status": "ok", "run": "5f"}


def test_data_survives_a_restart(tmp_path: Path) -> None:
    data = tmp_path / "data"
    TestClient(create_app(data)).post("/notes", content="text=Buy+%3Cmilk%3E")
    page = TestClient(create_app(data)).get("/").text
    assert "Starts from this folder: 2" in page
    assert "Buy &lt;milk&gt;" in page


def test_settings_show_the_updates_or_what_is_missing_for_them(client: TestClient) -> None:
    page = client.get("/settings").text
    has_updates = client.get("/system/update/status").status_code != 404
    assert ('view="settings"' in page) is has_updates
    assert ("does not look for updates" in page) is not has_updates
