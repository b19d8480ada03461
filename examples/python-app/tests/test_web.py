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


def test_page_shows_the_version(client: TestClient) -> None:
    assert version("your-app") in client.get("/").text


def test_health(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok"}


def test_data_survives_a_restart(tmp_path: Path) -> None:
    data = tmp_path / "data"
    create_app(data)
    assert "Started 2 times" in TestClient(create_app(data)).get("/").text
