# SPDX-License-Identifier: MIT
"""Who uploads: each a function from a server and files to a command, its environment, and the tag that it fills."""

import os
import shlex
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from server import Server


@dataclass
class Run:
    command: list[str]
    tag: str = ''  # its release is compared afterwards; '': nothing was sent
    environment: dict = field(default_factory=dict)
    made: set = field(default_factory=set)  # names of assets that are not among the files


class Contenders:
    """All of one build."""

    def __init__(self, program: Path, bare: Path, folder: Path):
        self.program, self.bare, self.folder = program, bare, folder

    def ours(self, server: Server, files: list[Path], encoding: str, tag: str = '') -> Run:
        tag = tag or server.new_tag()
        return Run([str(self.program)], tag, {
            'GITHUB_REPOSITORY': server.repository,
            'GITHUB_SERVER_URL': server.url,
            'GITHUB_WORKSPACE': str(files[0].parent),
            'INPUT_CA_CERT': server.ca_file,
            'INPUT_FILES': '*',
            'INPUT_TAG_NAME': tag,
            'INPUT_TOKEN': server.token,
            'INPUT_UPLOAD_ENCODING': encoding,
        })

    def ours_form(self, server, files):
        return self.ours(server, files, 'multipart')

    def ours_signed(self, server, files):
        """What is made besides the files is in the release of a signed run."""
        key = self.folder / 'signing.key'
        if not key.exists():
            subprocess.run([self.program, 'keygen', '--key-path', key.name], cwd=self.folder, check=True,
                           capture_output=True)
        run = self.ours(server, files, 'multipart')
        run.environment['INPUT_SIGNING_KEY'] = key.read_text()
        run.made = {'SHA256SUMS', 'SHA256SUMS.minisig'}
        return run

    def ours_raw(self, server, files):
        return self.ours(server, files, 'raw')

    def curl_form_each(self, server, files):
        return self._curl_each(server, files, '-F "attachment=@$file;filename=asset"')

    def curl_raw_each(self, server, files):
        return self._curl_each(server, files, '-X POST -H "Content-Type: application/octet-stream" -T "$file"')

    def _curl_each(self, server: Server, files: list[Path], how: str) -> Run:
        tag, url = server.new_release()
        script = (f'for file in {shlex.quote(str(files[0].parent))}/*; do '
                  f'curl -sSf -o /dev/null --cacert {shlex.quote(server.ca_file)} -H "Authorization: token $TOKEN" '
                  f'{how} "{url}?name=${{file##*/}}" || exit 1; done')
        return Run(['sh', '-c', script], tag, {'TOKEN': server.token})

    def curl_form_one(self, server, files):
        return self._curl_one(server, files, lambda file: f'form = "attachment=@{file};filename=asset"')

    def curl_raw_one(self, server, files):
        return self._curl_one(server, files, lambda file: (
            f'request = "POST"\nheader = "Content-Type: application/octet-stream"\nupload-file = "{file}"'))

    def _curl_one(self, server: Server, files: list[Path], how) -> Run:
        """One process for all files, one after the other over one connection."""
        tag, url = server.new_release()
        parts = [f'url = "{url}?name={file.name}"\ncacert = "{server.ca_file}"\noutput = "/dev/null"\n'
                 f'header = "Authorization: token {server.token}"\nsilent\nfail\n{how(file)}' for file in files]
        config = self.folder / 'curl.conf'
        config.write_text('\nnext\n'.join(parts) + '\n')
        return Run(['curl', '-K', str(config)], tag)

    def node(self, server, files):
        tag, url = server.new_release()
        script = Path(__file__).parent / 'node_upload.mjs'
        return Run(['node', str(script), url, *map(str, files)], tag,
                   {'TOKEN': server.token, 'NODE_EXTRA_CA_CERTS': server.ca_file})

    def bare_limit(self, server, files):
        tag, url = server.new_release()
        return Run([str(self.bare), url, server.ca_file, *map(str, files)], tag, {'TOKEN': server.token})

    def sha256(self, _server, files):
        """openssl's, which uses the processor's instructions; sha256sum of coreutils does not."""
        return Run(['openssl', 'dgst', '-sha256', *map(str, files)])


def environment_of(run: Run) -> dict:
    return {'PATH': os.environ['PATH'], 'HOME': '/nonexistent', **run.environment}
