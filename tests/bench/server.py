# SPDX-License-Identifier: MIT
"""The server that a measurement runs against: the sandbox, or the one that GITEA_URL names."""

import contextlib
import hashlib
import http.client
import json
import os
import ssl
import subprocess
import urllib.parse
from pathlib import Path


class Server:
    """A repository on it, and the releases that contenders fill."""

    def __init__(self, url: str, token: str, repository: str, ca_file: str, log_url: str | None = None):
        self.url, self.token, self.repository, self.ca_file = url, token, repository, ca_file
        self._log_url = log_url  # in the sandbox's control plane: requests and their sizes
        self._connections: dict[tuple[str, str], http.client.HTTPConnection] = {}
        self._releases = 0

    @property
    def counts(self) -> bool:
        return self._log_url is not None

    def new_tag(self) -> str:
        """A tag without a release."""
        self._releases += 1
        tag = f'bench-{os.getpid()}-{self._releases}'
        self._api('POST', 'tags', {'tag_name': tag, 'target': 'main'})
        return tag

    def new_release(self) -> tuple[str, str]:
        """A public release without assets: its tag, and the address to which assets are posted."""
        tag = self.new_tag()
        made = self._api('POST', 'releases', {'tag_name': tag, 'name': tag})
        return tag, f'{self.url}/api/v1/repos/{self.repository}/releases/{made["id"]}/assets'

    def delete(self, tag: str) -> None:
        found = self._api('GET', f'releases/tags/{tag}')
        self._api('DELETE', f'releases/{found["id"]}')
        self._api('DELETE', f'tags/{tag}')

    def check(self, tag: str, files: list[Path], made: set[str]) -> None:
        """That the release is public and has exactly these files, each with the right bytes, and what was made."""
        found = self._api('GET', f'releases/tags/{tag}')
        assets = {asset['name']: asset['browser_download_url'] for asset in found['assets']}
        if found['draft'] or len(assets) != len(found['assets']):
            raise RuntimeError(f'{tag}: a draft, or two assets of one name')
        if set(assets) != {file.name for file in files} | made:
            raise RuntimeError(f'{tag} has {len(assets)} assets, not {len(files) + len(made)}')
        for file in files:
            if self._digest(assets[file.name]) != digest_of(file):
                raise RuntimeError(f'{tag}: {file.name} has other bytes')

    def begin_count(self) -> None:
        if self._log_url:
            self._send('DELETE', self._log_url).read()

    def count(self) -> dict:
        """Requests and bytes of bodies since begin_count()."""
        if not self._log_url:
            return {}
        asked = json.loads(self._send('GET', self._log_url).read())
        return {'requests': len(asked), 'bytes': sum(one['body_bytes'] for one in asked)}

    def _api(self, method: str, path: str, content: dict | None = None):
        answer = self._send(method, f'{self.url}/api/v1/repos/{self.repository}/{path}', content)
        text = answer.read()
        return json.loads(text) if text else None

    def _digest(self, url: str) -> str:
        answer = self._send('GET', url)
        return _sha256(answer)

    def _send(self, method: str, url: str, content: dict | None = None) -> http.client.HTTPResponse:
        parts = urllib.parse.urlsplit(url)
        connection = self._connections.get((parts.scheme, parts.netloc))
        if connection is None:
            if parts.scheme == 'https':
                context = ssl.create_default_context(cafile=self.ca_file)
                connection = http.client.HTTPSConnection(parts.netloc, context=context)
            else:
                connection = http.client.HTTPConnection(parts.netloc)
            self._connections[(parts.scheme, parts.netloc)] = connection
        headers = {'Authorization': f'token {self.token}', 'Content-Type': 'application/json'}
        body = None if content is None else json.dumps(content)
        connection.request(method, parts.path + (f'?{parts.query}' if parts.query else ''), body, headers)
        answer = connection.getresponse()
        if answer.status >= 400:
            raise RuntimeError(f'{method} {parts.path}: {answer.status} {answer.read()[:200]!r}')
        return answer


def _sha256(stream) -> str:
    digest = hashlib.sha256()
    while block := stream.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()


_digests: dict[Path, str] = {}


def digest_of(file: Path) -> str:
    if file not in _digests:
        with file.open('rb') as content:
            _digests[file] = _sha256(content)
    return _digests[file]


def forget_digest(file: Path) -> None:
    """Its content changes."""
    _digests.pop(file, None)


def make_certificate(folder: Path) -> tuple[Path, Path]:
    key, certificate = folder / 'key.pem', folder / 'ca.pem'
    subprocess.run(
        ['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
         '-subj', '/CN=bench', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate],
        check=True, capture_output=True)
    return key, certificate


@contextlib.contextmanager
def sandboxes(program: Path, folder: Path):
    """The sandbox, by http and by https."""
    key, certificate = make_certificate(folder)
    process = subprocess.Popen(
        [program, '--data', folder / 'server', '--tls-cert', certificate, '--tls-key', key, '--until-stdin-closes',
         '--for-measurements'],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        said = dict(process.stdout.readline().strip().split('=', 1) for _ in range(4))
        log = said['GITEA_URL'] + '/_sandbox/requests'
        yield [
            Server(said[name], said['GITEA_TOKEN'], said['GITEA_REPOSITORY'], str(certificate), log)
            for name in ('GITEA_URL', 'GITEA_TLS_URL')
        ]
    finally:
        process.stdin.close()
        process.wait()
