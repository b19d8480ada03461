// SPDX-License-Identifier: MIT
// node node_upload.mjs URL FILE…: uploads as actions written for Node do: a form from a file, sent by fetch, one after the other.
// The token comes from $TOKEN.
import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';

const [url, ...files] = process.argv.slice(2);
for (const file of files) {
  const form = new FormData();
  form.append('attachment', await openAsBlob(file), basename(file));
  const answer = await fetch(`${url}?name=${encodeURIComponent(basename(file))}`, {
    method: 'POST',
    headers: { Authorization: `token ${process.env.TOKEN}` },
    body: form,
  });
  if (answer.status !== 201) throw new Error(`${file}: ${answer.status} ${await answer.text()}`);
  await answer.text();
}
