# SPDX-License-Identifier: MIT
"""What the launcher costs: scripts/bench --launcher prints the tables for docs/performance.md.

A run without the launcher alternates with one with it. Processor time includes that of all child
processes, and hardly depends on what else the machine does; wall time does."""

from __future__ import annotations

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parents[2]
sys.path.insert(0, str(SOURCE / "python/tests"))

import sandbox as sandbox_module  # noqa: E402
from sandbox import Project, Sandbox  # noqa: E402

MIB = 1 << 20
MEASURE = Path(os.environ["GITEA_RELEASE_BUILD"]) / "tests/bench/bench-measure"
LAUNCHER = SOURCE / "dist/gitea-release-launcher-linux-amd64"
ROUNDS = 101
PAYLOAD = 50 * MIB


@dataclass
class Cost:
    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: float  # MiB of the largest process


def cost_of(words: list[str | Path], folder: Path) -> Cost:
    measured = subprocess.run(
        [MEASURE, *words], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=True
    )
    values = json.loads(measured.stdout)
    assert values["status"] == 0, f"{words}: {values['status']}\n{measured.stderr.decode()}"
    return Cost(values["wall"], values["cpu"], values["memory"] / MIB)


def medians(costs: list[Cost]) -> Cost:
    return Cost(*(statistics.median(getattr(c, n) for c in costs) for n in ("wall", "cpu", "peak")))


def alternated(rounds: int, *runs: Callable[[], Cost]) -> list[Cost]:
    costs: list[list[Cost]] = [[] for _ in runs]
    for _ in range(rounds):
        for run, found in zip(runs, costs, strict=True):
            found.append(run())
    return [medians(found) for found in costs]


def unpack(project: Project, folder: Path) -> Path:
    with tarfile.open(project.archive("1.0.0")) as file:
        file.extractall(folder, filter="fully_trusted")
    (folder / "test-app/data").mkdir()
    return folder / "test-app"


def disk_use(folder: Path) -> float:
    return int(subprocess.check_output(["du", "-sk", folder]).split()[0]) / 1024


def start_up(app: Path) -> None:
    alone, with_launcher = alternated(
        ROUNDS,
        lambda: cost_of([app / "current/run.sh"], app / "data"),
        lambda: cost_of([app / "test-app"], app / "data"),
    )
    print(f"**Start and end of a program that does nothing**, medians of {ROUNDS} rounds\n")
    print("| | time | CPU | ratio of the times |\n|---|---:|---:|---:|")
    for name, cost in (("the program alone", alone), ("with the launcher", with_launcher)):
        print(
            f"| {name} | {cost.wall * 1e3:.2f} ms | {cost.cpu * 1e3:.2f} ms "
            f"| {cost.wall / alone.wall:.2f} |"
        )
    print(
        f"| the launcher adds | {(with_launcher.wall - alone.wall) * 1e3:.2f} ms "
        f"| {(with_launcher.cpu - alone.cpu) * 1e3:.2f} ms | |\n"
    )


def supervising(app: Path) -> None:
    seconds = 30
    script = app / "current/run.sh"
    script.write_text("#!/bin/sh\nexec sleep 600\n")
    process = subprocess.Popen([app / "test-app"], cwd=app, stdin=subprocess.DEVNULL)
    time.sleep(2)
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    fields = {line.split(":")[0]: line.split(":")[1].split() for line in lines if ":" in line}

    def ticks() -> int:
        words = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return int(words[11]) + int(words[12])

    before = ticks()
    time.sleep(seconds)
    used = (ticks() - before) / os.sysconf("SC_CLK_TCK")
    process.send_signal(signal.SIGTERM)
    process.wait()
    print(
        f"**While the application runs**: {int(fields['VmRSS'][0]) / 1024:.1f} MiB of memory, "
        f"{int(fields['RssAnon'][0]) / 1024:.1f} MiB of it its own; threads: "
        f"{fields['Threads'][0]}; {used / seconds * 100:.2f} % of a core\n"
    )


def update(project: Project, folder: Path) -> None:
    """Download, verify and unpack, against curl, sha256sum and tar; then the swap."""
    archive = project.archive("1.1.0")
    app = unpack(project, folder)
    asset = next(
        one["browser_download_url"]
        for one in project.sandbox.client.get(
            f"/api/v1/repos/{project.repository}/releases/tags/v1.1.0"
        ).json()["assets"]
        if one["name"] == archive.name
    )
    plain = folder / "plain"
    script = (
        f"rm -rf {plain} && mkdir {plain} && curl -sS --noproxy '*' -o {plain}/a {asset} && "
        f"sha256sum {plain}/a && tar -C {plain} -xzf {plain}/a && sync -f {plain}"
    )

    def by_hand() -> Cost:
        return cost_of(["sh", "-c", script], folder)

    def download() -> Cost:
        for name in ("ready", "downloads"):
            shutil.rmtree(app / "updater" / name, ignore_errors=True)
        return cost_of([app / "test-app", "--launcher", "download"], app)

    before = disk_use(app)
    hand, ours = alternated(5, by_hand, download)
    downloaded = disk_use(app)
    print("**An update of 50 MiB that cannot be compressed**, medians of 5 rounds\n")
    print("| | time | CPU | ratio of the CPU times | memory |\n|---|---:|---:|---:|---:|")
    for name, cost in (
        ("curl, sha256sum, tar and sync", hand),
        ("`--launcher download`: signatures, digest, unpacked and synced", ours),
    ):
        print(
            f"| {name} | {cost.wall:.2f} s | {cost.cpu:.2f} s | {cost.cpu / hand.cpu:.2f} "
            f"| {cost.peak:.1f} MiB |"
        )
    cost_of([app / "test-app", "--launcher", "apply"], app)
    swap = cost_of([app / "test-app"], app)
    print(
        f"\nThe start that exchanges the versions takes {swap.wall:.2f} s, and {swap.cpu:.2f} s of "
        f"CPU. The folder has {before:.0f} MiB before, {downloaded:.0f} MiB after the download, "
        f"and {disk_use(app):.0f} MiB after the update.\n"
    )


def main() -> None:
    sandbox_module.launcher = lambda: LAUNCHER  # type: ignore[assignment]
    with tempfile.TemporaryDirectory(prefix="gitea-release-bench-") as name:
        folder = Path(name)
        sandbox = Sandbox(folder)
        try:
            project = Project(sandbox, folder / "project", "bench", run="#!/bin/sh\nexit 0\n")
            project.publish("1.0.0", more_bytes=PAYLOAD)
            project.publish("1.1.0", more_bytes=PAYLOAD)
            start_up(unpack(project, folder / "start"))
            supervising(unpack(project, folder / "supervise"))
            update(project, folder / "update")
        finally:
            sandbox.stop()


if __name__ == "__main__":
    main()
