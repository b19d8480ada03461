#!/bin/sh
# Starts the application in this file's folder, with the Python next to it: ./run.sh --help
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=packaging/app.env
. "$here/current/scripts/app.env"
mkdir -p "$here/data"
cd "$here/data"
exec "$here/current/python/bin/python3" -I -m "$PACKAGE" "$@"
