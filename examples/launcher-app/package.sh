#!/bin/sh
# SPDX-License-Identifier: MIT
# Creates the archive of a version: what users unpack, and what installed copies update themselves with.
#   package.sh VERSION LAUNCHER PUBLIC_KEY SERVER OWNER/NAME    writes dist/hello-VERSION-linux-x64.tar.gz
set -eu
version=$1 launcher=$2 public_key=$3 server=$4 repository=$5
cd "$(dirname "$0")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
app=$work/hello
mkdir -p "$app/current" "$app/updater" dist

install -m 755 "$launcher" "$app/hello"
install -m 755 app.sh "$app/current/app.sh"
printf '%s\n' "$public_key" >"$app/updater/trusted.pub"
cat >"$app/updater/config.json" <<END
{"format": 1, "app": "hello", "type": "portable", "provider": "gitea", "server": "$server",
 "repository": "$repository", "platform": "linux-x86_64", "channel": "stable"}
END
cat >"$app/current/RELEASE.json" <<END
{"format": 1, "app": "hello", "version": "$version", "start": ["app.sh"],
 "health": {"timeout_s": 60, "settle_s": 2}, "snapshot": ["settings.txt"]}
END

# RELEASE.json is the last entry: an archive that was cut off has none.
tar -C "$work" --owner 0 --group 0 -czf "dist/hello-$version-linux-x64.tar.gz" \
  hello/hello hello/updater hello/current/app.sh hello/current/RELEASE.json
