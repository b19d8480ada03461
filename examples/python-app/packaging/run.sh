#!/bin/sh
# Starts the application from the folder that this file is in, with the Python beside it: ./run.sh --help
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=packaging/app.env
. "$here/scripts/app.env"
exec "$here/python/bin/python3" -I -m "$PACKAGE" "$@"
