# SPDX-License-Identifier: MIT
"""The text of the template, and its own tests."""

import re

from project import ROOT, TEMPLATE, Project


def value_in(text: str, name: str) -> str:
    """The value of a line `name = "value"` or NAME="value"."""
    found = re.search(rf'^{name}\b[^"\n]*"([^"]*)"', text, re.MULTILINE)
    assert found, name
    return found[1]


def test_the_templates_scripts_pass_shellcheck(project: Project) -> None:
    scripts = list((project.path / "packaging").glob("*.sh"))
    assert len(scripts) > 6
    ended = project.run("shellcheck", "-x", "-P", project.path, *scripts)
    assert ended.returncode == 0, ended.stdout


def test_the_templates_own_tests_ruff_and_the_check_of_the_lock_file_pass(project: Project) -> None:
    tests = ROOT / "tests/python_app"  # written as the template is
    for command in (
        ("uv", "sync", "--quiet", "--locked"),
        ("uv", "run", "ruff", "check", "--no-cache", ".", tests),
        ("uv", "run", "ruff", "format", "--no-cache", "--check", ".", tests),
        ("uv", "run", "pytest"),
    ):
        ended = project.run(*command)
        assert ended.returncode == 0, ended.stdout


def test_the_lock_file_refers_to_the_public_index_and_no_other_host() -> None:
    hosts = re.findall(r'://([^/"\s]*)', (TEMPLATE / "uv.lock").read_text())
    assert len(hosts) > 100
    assert set(hosts) <= {"pypi.org", "files.pythonhosted.org"}


def test_the_names_in_app_env_match_those_of_the_project() -> None:
    names = (TEMPLATE / "packaging/app.env").read_text()
    metadata = (TEMPLATE / "pyproject.toml").read_text()
    package = value_in(names, "PACKAGE")
    assert value_in(names, "APP_NAME") == value_in(metadata, "name")
    assert (TEMPLATE / "src" / package / "__main__.py").exists()
    assert f'"-m", "{package}"' in (TEMPLATE / "Dockerfile").read_text()


def test_the_installer_compiles_without_warnings_also_when_compiled_by_hand(
    project: Project,
) -> None:
    windows = project.path / "build/windows"
    launcher = windows / "your-app/your-app.exe"
    script = windows / "your-app/run.cmd"
    for file in ("current/python/python.exe", "current/RELEASE.json", "updater/trusted.pub"):
        (windows / "your-app" / file).parent.mkdir(parents=True, exist_ok=True)
        (windows / "your-app" / file).write_text("x")
    (windows / "config.json").write_text("x")
    command = ("makensis", "-V2", "-WX", "-DVERSION=1.2.0rc1", "packaging/installer.nsi")
    for start in (script, launcher):
        start.write_text("x")
        ended = project.run(*command)
        assert ended.returncode == 0, ended.stdout
        setup = project.path / "build/your-app-v1.2.0rc1-setup.exe"
        setup.unlink()
    ended = project.run("makensis", "-V2", "packaging/installer.nsi")
    assert "say which version" in ended.stdout
