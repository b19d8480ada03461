# SPDX-License-Identifier: MIT
"""The template's image, if a Docker engine is available that has an image with Python:
python:3.11-slim, or the one in DOCKER_PYTHON. Nothing is pulled."""

import os

import pytest

from project import Ended, Project, Running, Word, environment, free_port, program, run

BASE = os.environ.get("DOCKER_PYTHON", "python:3.11-slim")


def docker(*arguments: Word) -> Ended:
    return run("docker", *arguments, env=environment(DOCKER_BUILDKIT="0"))


def test_the_image_reports_the_version_it_was_built_with_and_runs_as_its_own_user(
    project: Project,
) -> None:
    if docker("info").returncode != 0:
        pytest.skip("no Docker engine answers")
    if docker("image", "inspect", BASE).returncode != 0:
        pytest.skip(f"the engine has no image {BASE} (DOCKER_PYTHON names another)")
    name = f"gitea-release-python-app:{free_port()}"
    try:
        arguments = ("PYTHON=" + BASE, "APP_VERSION=v1.2.0-rc.1")
        options = [word for argument in arguments for word in ("--build-arg", argument)]
        image = docker("build", "--network=host", *options, "--tag", name, project.path)
        assert image.returncode == 0, image.stdout
        check_image(name)
    finally:
        docker("rmi", "--force", name)


def check_image(name: str) -> None:
    def inspect(field: str) -> str:
        return docker("image", "inspect", "--format", "{{" + field + "}}", name).stdout

    label = "org.opencontainers.image.version"
    assert inspect(f'index .Config.Labels "{label}"') == "v1.2.0-rc.1\n"
    assert inspect(".Config.User") == "app\n"
    assert "/health" in inspect(".Config.Healthcheck.Test")
    container = f"gitea-release-{free_port()}"
    command = (program("docker"), "run", "--rm", "--network=host", "--name", container, name)
    try:
        with Running(*command, env=environment()) as running:
            assert running.get("/version") == '{"name":"your_app","version":"1.2.0rc1"}'
            assert docker("exec", container, "id", "-u").stdout == "1000\n"
            assert docker("exec", container, "touch", "/app/x").returncode != 0
    finally:
        docker("rm", "--force", container)
