# SPDX-License-Identifier: MIT
"""The systemd service. systemd-analyze checks its unit; systemctl needs a running systemd, so a
program of the test replaces it and records its arguments."""

import os
import shutil
import tempfile
from pathlib import Path

from project import TEMPLATE, Ended, run

ROOT_USER = os.geteuid() == 0
NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


class Folder:
    """An installed application in a folder of this name, which any user may write to."""

    def __init__(self, tmp_path: Path, name: str) -> None:
        top = Path(tempfile.mkdtemp(dir=tmp_path))
        self.home = top / name
        self.unit = top / "user/.config/systemd/user/your-app.service"
        self._calls = top / "calls"
        (self.home / "current/scripts").mkdir(parents=True)
        (top / "bin").mkdir()
        shutil.copy(TEMPLATE / "packaging/run.sh", self.home)
        for script in ("install-service.sh", "uninstall-service.sh", "app.env"):
            shutil.copy(TEMPLATE / "packaging" / script, self.home / "current/scripts")
        for tool in ("systemctl", "loginctl"):
            (top / "bin" / tool).write_text(f'#!/bin/sh\necho "{tool} $*" >>"$CALLS"\n')
        self._calls.touch()
        for path in (tmp_path, top, *top.rglob("*")):
            path.chmod(0o777)
        path = f"{top}/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        self.env = {"PATH": path, "HOME": f"{top}/user", "CALLS": str(self._calls)}

    def run(self, script: str, *arguments: str, as_root: bool = False) -> Ended:
        user = NOBODY if ROOT_USER and not as_root else ()
        return run(*user, "sh", self.home / "current/scripts" / script, *arguments, env=self.env)

    def calls(self) -> str:
        return self._calls.read_text()


def analyze(unit: str, tmp_path: Path, *command: str) -> Ended:
    (tmp_path / "your-app.service").write_text(unit)
    return run("systemd-analyze", *command, tmp_path / "your-app.service")


def test_systemd_accepts_the_unit_whatever_the_name_of_the_folder(tmp_path: Path) -> None:
    for name in ("app", "my app", '100% $HOME "app"', "it's \\x20"):
        folder = Folder(tmp_path, name)
        for mode in ("--user", "--system"):
            options = (mode, "--print", "--", "--port", "90 $x 50%")
            printed = folder.run("install-service.sh", *options)
            assert printed.returncode == 0, printed.stdout
            verified = analyze(printed.stdout, tmp_path, "verify")
            assert verified.returncode == 0, verified.stdout
            assert "your-app.service" not in verified.stdout
        assert folder.calls() == ""
    # systemd-analyze does not check the expansion of $ and %.
    printed = Folder(tmp_path, "100% $HOME").run("install-service.sh", "--print", "--", "$x")
    assert '/100%% $$HOME/run.sh" "$$x"\n' in printed.stdout
    assert "/100%% $HOME\n" in printed.stdout
    # Proof that it would complain: the same with a name that systemd does not accept.
    unit = "[Service]\nExecStart=/no such/program\n"
    assert analyze(unit, tmp_path, "verify").returncode != 0


def test_the_system_service_has_its_own_user_which_may_only_write_its_data(tmp_path: Path) -> None:
    folder = Folder(tmp_path, "my app")
    unit = folder.run("install-service.sh", "--system", "--print").stdout
    assert f'\nUser=your-app\nReadWritePaths="{folder.home}/data"\n' in unit
    assert "\nProtectSystem=strict\n" in unit
    rated = analyze(unit, tmp_path, "security", "--offline=true", "--threshold=45")
    assert rated.returncode == 0, rated.stdout  # exposure: 4.5 at most; 9.6 if not hardened


def test_the_launcher_of_a_system_service_runs_as_root_with_few_of_its_rights(
    tmp_path: Path,
) -> None:
    folder = Folder(tmp_path, "my app")
    launcher = folder.home / "your-app"
    launcher.write_text("#!/bin/sh\n")
    launcher.chmod(0o755)
    unit = folder.run("install-service.sh", "--system", "--print").stdout
    assert "User=" not in unit
    assert f'\nReadWritePaths="{folder.home}"\n' in unit
    assert "\nCapabilityBoundingSet=CAP_SETUID CAP_SETGID CAP_KILL CAP_CHOWN\n" in unit
    verified = analyze(unit, tmp_path, "verify")
    assert verified.returncode == 0, verified.stdout
    rated = analyze(unit, tmp_path, "security", "--offline=true", "--threshold=60")
    assert rated.returncode == 0, rated.stdout
    if not ROOT_USER:
        return
    installed = folder.run("install-service.sh", "--system", as_root=True)
    assert installed.returncode == 1
    assert "others than root can write to" in installed.stdout


def test_installing_starts_the_users_service_and_uninstalling_keeps_the_data(
    tmp_path: Path,
) -> None:
    folder = Folder(tmp_path, "my app")
    options = ("--", "--port", "9000")
    ended = folder.run("install-service.sh", *options)
    assert ended.returncode == 0, ended.stdout
    assert folder.unit.read_text() == folder.run("install-service.sh", "--print", *options).stdout
    assert folder.calls() == (
        "systemctl --user daemon-reload\n"
        "systemctl --user enable --now your-app.service\n"
        "loginctl enable-linger\n"
    )
    ended = folder.run("uninstall-service.sh")
    assert ended.returncode == 0, ended.stdout
    assert not folder.unit.exists()
    assert (folder.home / "data").is_dir()
    stopped = "systemctl --user disable --now your-app.service\nsystemctl --user daemon-reload\n"
    assert stopped in folder.calls()
    assert folder.run("uninstall-service.sh").returncode == 0


def test_a_service_that_would_run_as_root_is_rejected_and_so_is_an_unknown_option(
    tmp_path: Path,
) -> None:
    folder = Folder(tmp_path, "app")
    ended = folder.run("install-service.sh", "--system")
    assert ended.returncode == 1
    assert "--system has to be run by root" in ended.stdout
    assert folder.run("install-service.sh", "--sytem").returncode == 2
    if ROOT_USER:
        ended = folder.run("install-service.sh", as_root=True)
        assert ended.returncode == 1
        assert "run this as the user whom the service is for" in ended.stdout
    assert folder.calls() == ""
