# SPDX-License-Identifier: MIT
"""Several workers: one of them checks, and all answer the same."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from installed import ADMIN, API, Installed, becomes
from sandbox import Project

GUNICORN = "-k uvicorn.workers.UvicornWorker -w 2 -b 127.0.0.1:{port} --log-level warning"
UVICORN = "--workers 2 --port {port} --log-level warning"


def each_worker(app: Installed, count: int = 2) -> dict[int, httpx.Client]:
    """A connection to each. One connection stays with one worker."""
    found: dict[int, httpx.Client] = {}

    def look() -> bool:
        client = httpx.Client(base_url=app.url, trust_env=False, headers=ADMIN)
        worker = client.get("/about").json()["worker"]
        if worker in found:
            client.close()
        found.setdefault(worker, client)
        return len(found) == count

    becomes(look, f"{count} workers; there are {found.keys()}")
    return found


def statuses(clients: dict[int, httpx.Client]) -> list[dict[str, Any]]:
    return [client.get(f"{API}/status").json() for client in clients.values()]


def all_in(clients: dict[int, httpx.Client], state: str) -> bool:
    return all(status["state"] == state for status in statuses(clients))


@pytest.mark.parametrize("server", ["uvicorn", "gunicorn"])
def test_one_worker_checks_and_all_answer_the_same(
    project: Project, app: Installed, server: str
) -> None:
    project.publish("1.1.0")
    words = (UVICORN if server == "uvicorn" else GUNICORN).format(port=app.port)
    seen = len(project.lists_read())
    app.start(*words.split(), TEST_SERVER=server, TEST_START_DELAY="0")
    clients = each_worker(app)

    becomes(lambda: all_in(clients, "update_available"))
    first, second = statuses(clients)
    assert first == second
    assert len(project.lists_read()) - seen == 1

    one, other = clients.values()
    assert one.post(f"{API}/check", json={}).status_code == 202
    assert other.post(f"{API}/check", json={}).status_code in (409, 429)
    becomes(lambda: all_in(clients, "update_available"))
    assert other.post(f"{API}/check", json={}).status_code == 429

    other.post(f"{API}/dismiss", json={"version": "1.1.0"})
    assert [status["dismissed"] for status in statuses(clients)] == ["1.1.0", "1.1.0"]

    assert one.post(f"{API}/apply", json={}).status_code == 202
    becomes(lambda: app.runs("1.1.0"))
    clients = each_worker(app)
    becomes(lambda: all_in(clients, "idle"))  # after the check at the start
    first, second = statuses(clients)
    assert first == second
    assert first["current"] == "1.1.0"
