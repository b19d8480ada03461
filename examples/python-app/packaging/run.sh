#!/bin/sh
# Starts the application in this file's folder, with the Python next to it: ./run.sh --help
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=packaging/app.env
. "$here/scripts/app.env"
exec "$here/python/bin/python3" -I -m "$PACKAGE" "$@"
