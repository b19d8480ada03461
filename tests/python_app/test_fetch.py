# SPDX-License-Identifier: MIT
"""A downloaded file is the intended one, or the build stops."""

from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread

from project import Ended, Project, environment, need_standins

SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def fetch(project: Project, address: str | Path, checksum: str = SHA256_OF_ABC) -> Ended:
    return project.shell(
        f"mkdir -p build/downloads\nfetch '{address}' '{checksum}' 'the thing'\ncat \"$fetched\""
    )


def test_a_file_with_the_right_checksum_is_accepted_from_a_path_or_a_url_and_cached(
    project: Project, tmp_path: Path
) -> None:
    file = tmp_path / "abc"
    file.write_text("abc")
    ended = fetch(project, file)
    assert ended.returncode == 0, ended.stdout
    assert "abc" in ended.stdout
    assert fetch(project, f"file://{file}").returncode == 0
    file.unlink()
    assert fetch(project, f"file://{file}").returncode == 0


# A file whose checksum is unknown must not get into a build.
def test_a_file_with_a_wrong_checksum_or_without_one_is_rejected(
    project: Project, tmp_path: Path
) -> None:
    file = tmp_path / "other"
    file.write_text("something else")
    for address in (file, f"file://{file}"):
        for _ in range(2):  # a wrong file is not kept for the next time
            ended = fetch(project, address)
            assert ended.returncode == 1, ended.stdout
            assert f"expected was {SHA256_OF_ABC}" in ended.stdout
            assert "something else" not in ended.stdout
    ended = fetch(project, file, checksum="")
    assert ended.returncode == 1
    assert "the thing has no SHA-256: set it in packaging/python.env" in ended.stdout


# curl without -f would save the page of a 404 as the zip.
def test_an_error_page_is_not_accepted_as_the_file(project: Project, tmp_path: Path) -> None:
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        ended = fetch(project, f"{url}/nothing/here.zip")
        server.shutdown()
    assert ended.returncode == 1, ended.stdout
    assert f"the thing cannot be had from {url}" in ended.stdout


def test_a_build_without_a_checksum_for_the_interpreter_stops_before_anything_else(
    project: Project,
) -> None:
    project.replace(
        "packaging/python.env", ': "${PYTHON_LINUX_SHA256:=', ': "${PYTHON_LINUX_SHA256:=}" # '
    )
    env = environment()
    env.pop("PYTHON_LINUX_SHA256", None)
    ended = project.packaging("build-linux.sh", "v1.0.0", env=env)
    assert ended.returncode == 1, ended.stdout
    assert "Python for Linux has no SHA-256" in ended.stdout


def test_an_interpreter_with_another_minor_version_than_in_python_version_is_rejected(
    project: Project,
) -> None:
    need_standins()
    project.replace(".python-version", "3.11", "3.12")
    for script in ("build-linux.sh", "build-windows.sh"):
        ended = project.packaging(script, "v1.0.0")
        assert ended.returncode == 1, ended.stdout
        assert "is not 3.12, which .python-version names" in ended.stdout
