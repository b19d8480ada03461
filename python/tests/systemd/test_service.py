# SPDX-License-Identifier: MIT
"""An application as a service of a real systemd, installed by the script of the Python template,
with the static launcher of a release."""

from __future__ import annotations

import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import sandbox as sandbox_module
from installed import becomes
from machine import Machine, Service, as_user, lives
from sandbox import FIRST, SOURCE, Project, Sandbox

LAUNCHER = SOURCE / "dist/gitea-release-launcher-linux-amd64"
PACKAGING = SOURCE / "examples/python-app/packaging"

# It leaves a process that ignores the request to end. As the user of a service of the machine it
# tries to write its own code; in a user's own service, it could.
RUN = f"""#!/bin/sh
{FIRST}
(trap '' TERM; while :; do sleep 1; done) &
echo "$!" >left
id -un >user
if [ "$(cat user)" = test-app ]; then
  for file in current/run.sh current/new updater/state.json updater/new test-app new; do
    (echo x >>"../$file") 2>/dev/null && echo "$file" >>written
  done
fi
echo "$LAUNCHER_VERSION" >running
"$LAUNCHER" --launcher confirm
trap 'echo stopping; exit 0' TERM
while :; do sleep 1; done
"""


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    with tempfile.TemporaryDirectory(prefix="gitea-release-") as folder:
        apps = Path(folder) / "apps"
        apps.mkdir()
        apps.chmod(0o755)
        machine = Machine(apps, Path(folder) / "log")
        yield machine
        machine.stop()


@pytest.fixture
def project(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with the releases 1.0.0, and 1.1.0, which is not offered yet."""
    if not LAUNCHER.exists():
        pytest.skip(f"there is no {LAUNCHER} (scripts/build-launcher linux-amd64)")
    monkeypatch.setattr(sandbox_module, "launcher", lambda: LAUNCHER)
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    for name in ("install-service.sh", "uninstall-service.sh"):
        shutil.copy(PACKAGING / name, scripts)
    (scripts / "app.env").write_text('APP_NAME="test-app"\nTITLE="Test App"\n')
    project = Project(sandbox, tmp_path / "project", tmp_path.name, run=RUN, program=scripts)
    project.publish("1.0.0")
    return project


class App:
    """The application's folder in the machine."""

    def __init__(self, machine: Machine, project: Project, name: str) -> None:
        self.machine = machine
        (machine.apps / name).mkdir()
        with tarfile.open(project.archive("1.0.0")) as file:
            file.extractall(machine.apps / name, filter="fully_trusted")
        self.folder = machine.apps / name / "test-app"
        self.path = f"/opt/apps/{name}/test-app"

    def data(self, name: str) -> str:
        file = self.folder / "data" / name
        return file.read_text().strip() if file.exists() else ""

    def command(self, *words: str, before: tuple[str, ...] = ()) -> dict[str, Any]:
        done = self.machine.try_run(
            *before, f"{self.path}/test-app", "--launcher", *words, "--json"
        )
        return json.loads(done.stdout.splitlines()[-1])

    def settled(self) -> str:
        """How the last update ended."""
        file = self.folder / "updater/state.json"
        return (
            json.loads(file.read_text()).get("outcome", {}).get("message", "")
            if file.exists()
            else ""
        )


def check_updates_and_failures(
    app: App, service: Service, project: Project, before: tuple[str, ...]
) -> None:
    """What every service has to do, from its first start on."""
    becomes(lambda: app.data("running") == "1.0.0", "1.0.0 runs")
    first = service.property("MainPID")
    assert int(first) in service.processes()
    assert len(service.processes()) >= 3  # launcher, application, and what it has started

    project.publish("1.1.0")
    assert app.command("update", "--now", before=before)["status"] == 0
    becomes(lambda: app.settled() == "updated from 1.0.0 to 1.1.0", "1.1.0 is confirmed")
    becomes(lambda: app.data("running") == "1.1.0", "1.1.0 runs")

    project.publish("1.2.0", first="echo x >>starts; exit 3")
    assert app.command("update", "--now", before=before)["status"] == 0
    becomes(lambda: app.settled() == "1.2.0 did not work; 1.1.0 is back", "1.2.0 is taken back")
    becomes(lambda: service.property("ActiveState") == "active", "it is active")
    assert app.data("starts") == "x\nx"
    assert app.command("check", before=before)["status"] == 0  # 1.2.0 is not offered again
    assert service.property("MainPID") == first
    assert service.property("NRestarts") == "0"  # the launcher starts the application itself

    becomes(lambda: len(service.processes()) >= 3, "1.1.0 has started all that it starts")
    old = service.processes()
    app.machine.run("sh", "-c", f"kill -9 {first}")
    becomes(lambda: service.property("MainPID") not in ("0", first), "the launcher runs again")
    assert service.property("NRestarts") == "1"
    assert [process for process in old if lives(app.machine, process)] == []
    becomes(lambda: len(service.processes()) >= 3, "the application runs again")
    assert app.command("status", before=before)["version"] == "1.1.0"

    left = service.processes()
    service.run("stop")
    assert service.property("ActiveState") == "inactive"
    assert service.property("Result") == "success"
    assert [process for process in left if lives(app.machine, process)] == []
    assert app.command("status", before=before)["state"] == "ended"
    service.run("start")
    becomes(lambda: len(service.processes()) >= 3, "it starts again")


def test_a_service_of_the_machine_updates_an_application_that_cannot_write_its_code(
    machine: Machine, project: Project
) -> None:
    app = App(machine, project, "system")
    machine.run("sh", f"{app.path}/current/scripts/install-service.sh", "--system")
    service = Service(machine)
    check_updates_and_failures(app, service, project, before=())
    assert app.data("user") == "test-app"
    assert app.data("written") == ""
    owners = {name: (app.folder / name).stat().st_uid for name in ("current", "updater", "data")}
    assert owners["current"] == owners["updater"] == 0
    assert owners["data"] == int(machine.run("id", "-u", "test-app"))
    service.run("stop")
    machine.run("sh", f"{app.path}/current/scripts/uninstall-service.sh", "--system")


def test_a_user_can_have_a_service_that_updates_itself(machine: Machine, project: Project) -> None:
    app = App(machine, project, "user")
    machine.run("useradd", "--create-home", "alice")
    machine.run("chown", "-R", "alice:", "/opt/apps/user")
    machine.run("loginctl", "enable-linger", "alice")
    number = machine.run("id", "-u", "alice").strip()
    becomes(lambda: machine.try_run("test", "-S", f"/run/user/{number}/bus").returncode == 0)
    alice = as_user(machine, "alice")
    home = ("env", "HOME=/home/alice")
    machine.run(*alice, *home, "sh", f"{app.path}/current/scripts/install-service.sh")
    service = Service(machine, "alice")
    check_updates_and_failures(app, service, project, before=alice)
    assert app.data("user") == "alice"
    service.run("stop")


def test_others_than_root_cannot_put_a_program_where_root_starts_it(
    machine: Machine, project: Project
) -> None:
    app = App(machine, project, "open")
    app.folder.parent.chmod(0o777)
    done = machine.try_run("sh", f"{app.path}/current/scripts/install-service.sh", "--system")
    assert done.returncode == 1
    assert "others than root can write to /opt/apps/open" in done.stdout
