# SPDX-License-Identifier: MIT
"""Measures uploads side by side, in rounds in which every contender has its turn; see scripts/bench."""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from contenders import Contenders, Run, environment_of
from server import Server, forget_digest, sandboxes

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30


@dataclass
class Case:
    name: str
    count: int
    size: int  # bytes of each file
    contenders: list[str]  # the first is the base of the ratios


CASES = [
    Case('1 file of 1 GiB', 1, GIB,
         ['curl -F', 'curl -T', 'ours', 'ours, raw', 'ours, signed', 'node', 'bare send', 'SHA-256 alone']),
    Case('8 files of 64 MiB', 8, 64 * MIB,
         ['curl -F each', 'curl -T each', 'curl -F, one process', 'curl -T, one process', 'ours', 'ours, raw', 'node',
          'bare send', 'SHA-256 alone']),
    Case('200 files of 1 KiB', 200, KIB,
         ['curl -F each', 'curl -T each', 'curl -F, one process', 'curl -T, one process', 'ours', 'ours, raw',
          'ours, signed', 'node', 'bare send', 'ours: unchanged rerun', 'ours: one of them replaced']),
    Case('2,000 files of 1 KiB', 2000, KIB,
         ['curl -F, one process', 'curl -T, one process', 'ours', 'ours, raw', 'node', 'bare send',
          'ours: unchanged rerun', 'ours: one of them replaced']),
]

START_UP = 'start-up'


def make_files(folder: Path, case: Case) -> list[Path]:
    folder.mkdir(parents=True)
    files = [folder / f'file-{i:04}.bin' for i in range(case.count)]
    for file in files:
        with file.open('wb') as out:
            for _ in range(max(1, case.size // MIB)):
                out.write(os.urandom(min(case.size, MIB)))
    return files


def measure(tool: Path, run: Run) -> dict:
    done = subprocess.run([tool, *run.command], env=environment_of(run), capture_output=True, text=True)
    measured = json.loads(done.stdout)
    if measured['status'] != 0:
        raise RuntimeError(f'{run.command[0]} ended with {measured["status"]}:\n{done.stderr[-2000:]}')
    return measured


class Bench:
    def __init__(self, build: Path, program: Path, folder: Path, rounds: int):
        self.tool, self.folder, self.rounds = build / 'tests/bench/bench-measure', folder, rounds
        self.who = Contenders(program, build / 'tests/bench/bench-bare', folder)
        self.kept = ''  # the tag of a release with all files of the case

    def command(self, name: str) -> Callable[[Server, list[Path]], Run]:
        return {
            'ours': self.who.ours_form, 'ours, raw': self.who.ours_raw, 'ours, signed': self.who.ours_signed,
            'curl -F': self.who.curl_form_each, 'curl -F each': self.who.curl_form_each,
            'curl -T': self.who.curl_raw_each, 'curl -T each': self.who.curl_raw_each,
            'curl -F, one process': self.who.curl_form_one, 'curl -T, one process': self.who.curl_raw_one,
            'node': self.who.node, 'bare send': self.who.bare_limit, 'SHA-256 alone': self.who.sha256,
            'ours: unchanged rerun': self.again, 'ours: one of them replaced': self.replace,
        }[name]

    def again(self, server: Server, files: list[Path]) -> Run:
        if not self.kept:
            run = self.who.ours_form(server, files)
            measure(self.tool, run)
            self.kept = run.tag
        return self.who.ours(server, files, 'multipart', self.kept)

    def replace(self, server: Server, files: list[Path]) -> Run:
        files[0].write_bytes(os.urandom(files[0].stat().st_size))
        forget_digest(files[0])
        return self.again(server, files)

    def case(self, server: Server, case: Case) -> dict[str, list[dict]]:
        files = make_files(self.folder / f'{case.count}x{case.size}-{server.url[:5]}', case)
        results: dict[str, list[dict]] = {name: [] for name in case.contenders}
        for number in range(self.rounds + 1):  # the first round warms up caches and does not count
            for name in case.contenders:
                run = self.command(name)(server, files)
                server.begin_count()
                measured = measure(self.tool, run) | server.count()
                if run.tag:
                    server.check(run.tag, files, run.made)
                    if run.tag != self.kept:
                        server.delete(run.tag)
                if number > 0:
                    results[name].append(measured)
            print(f'{case.name}, round {number} of {self.rounds}', file=sys.stderr)
        if self.kept:
            server.delete(self.kept)
            self.kept = ''
        for file in files:
            file.unlink()
        return results

    def start_up(self) -> dict[str, list[dict]]:
        commands = {'curl --version': ['curl', '--version'], 'ours --version': [str(self.who.program), '--version'],
                    'node -e 0': ['node', '-e', '0'], 'true': ['true']}
        results: dict[str, list[dict]] = {name: [] for name in commands}
        for _ in range(max(self.rounds, 20)):
            for name, command in commands.items():
                results[name].append(measure(self.tool, Run(command)))
        return results


def human(size: float) -> str:
    for unit in ('B', 'KiB', 'MiB'):
        if size < 1024:
            return f'{size:.0f} {unit}' if unit == 'B' else f'{size:.1f} {unit}'
        size /= 1024
    return f'{size:.2f} GiB'


def median(results: list[dict], key: str) -> float:
    return statistics.median(one[key] for one in results)


def ratio(results: list[dict], reference: list[dict], key: str) -> float:
    return statistics.median(one[key] / other[key] for one, other in zip(results, reference))


def table(title: str, results: dict[str, list[dict]]) -> str:
    reference = next(iter(results.values()))
    counted = any('requests' in one for one in reference)
    head = ['who', 'time', 'ratio', 'CPU', 'CPU ratio', 'memory'] + (['requests', 'sent'] if counted else [])
    lines = [f'**{title}**', '', '| ' + ' | '.join(head) + ' |', '|---' + '|---:' * (len(head) - 1) + '|']
    for name, measured in results.items():
        row = [name, f'{median(measured, "wall"):.4f} s', f'{ratio(measured, reference, "wall"):.2f}',
               f'{median(measured, "cpu"):.4f} s', f'{ratio(measured, reference, "cpu"):.2f}',
               human(max(one['memory'] for one in measured))]
        if counted:
            row += [f'{median(measured, "requests"):,.0f}', human(median(measured, 'bytes'))]
        lines.append('| ' + ' | '.join(row) + ' |')
    return '\n'.join(lines) + '\n'


def ratios_of(text: str) -> dict[tuple[str, str], float]:
    """The ratios of all tables in a document, by title and contender."""
    found, title = {}, ''
    for line in text.splitlines():
        if heading := re.fullmatch(r'\*\*(.*)\*\*', line):
            title = heading[1]
        cells = [cell.strip() for cell in line.strip('|').split('|')]
        if title and len(cells) >= 6 and re.fullmatch(r'[\d.]+', cells[2]):
            found[(title, cells[0])] = float(cells[2])
    return found


def distance(new: str, documented: str) -> str:
    old = ratios_of(documented)
    lines = ['How far this run is from docs/performance.md:', '']
    for (title, name), value in ratios_of(new).items():
        if (known := old.get((title, name))) and name.startswith('ours'):
            lines.append(f'  {title}, {name}: {value:.2f}, documented {known:.2f} ({(value / known - 1) * 100:+.0f} %)')
    return '\n'.join(lines) if len(lines) > 2 else ''


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument('--build', type=Path, required=True)
    options.add_argument('--program', type=Path, required=True)
    options.add_argument('--documented', type=Path, required=True)
    options.add_argument('--rounds', type=int, default=5)
    options.add_argument('--only', default='', help='cases with this in their title')
    options.add_argument('--who', default='', help='contenders with this in their name, and the one that ratios are of')
    options.add_argument('--write', action='store_true', help='into the document')
    given = options.parse_args()
    tables = []
    room = '/dev/shm' if os.path.isdir('/dev/shm') and os.statvfs('/dev/shm').f_bavail * 4096 > 8 * GIB else None
    with tempfile.TemporaryDirectory(dir=room) as name:
        folder = Path(name)
        bench = Bench(given.build, given.program, folder, given.rounds)

        def measure_on(server: Server) -> None:
            for case in CASES:
                case.contenders = [case.contenders[0], *(name for name in case.contenders[1:] if given.who in name)]
                title = f'{case.name}, {server.url.split(":")[0]}'
                if given.only in title:
                    tables.append(table(title, bench.case(server, case)))

        if url := os.environ.get('GITEA_URL'):
            repository = os.environ['GITEA_REPOSITORY']
            ca_file = os.environ.get('SSL_CERT_FILE', '/etc/ssl/certs/ca-certificates.crt')
            measure_on(Server(url.rstrip('/'), os.environ['GITEA_TOKEN'], repository, ca_file))
        else:
            with sandboxes(given.build / 'tests/sandbox/gitea-sandbox', folder) as servers:
                for server in servers:
                    measure_on(server)
        if given.only in START_UP:
            tables.append(table(START_UP, bench.start_up()))
    text = '\n'.join(tables)
    print(text)
    documented = given.documented.read_text() if given.documented.exists() else ''
    print(distance(text, documented))
    if given.write:
        begin, end = '<!-- BEGIN measured -->\n', '<!-- END measured -->\n'
        before, rest = documented.split(begin)
        given.documented.write_text(before + begin + text + end + rest.split(end)[1])


if __name__ == '__main__':
    main()
