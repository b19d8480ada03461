#!/bin/sh
# SPDX-License-Identifier: MIT
# The application: writes the time once a second until it is stopped. It works as soon as it has read its settings.
set -eu
settings=settings.txt # in the working folder, which is data/
[ -e "$settings" ] || echo 'greeting=Hello' >"$settings"
greeting=$(sed -n 's/^greeting=//p' "$settings")

"$LAUNCHER" --launcher confirm >/dev/null &
trap 'echo "stopping"; exit 0' TERM INT
while :; do
  echo "$greeting from $LAUNCHER_VERSION at $(date +%T)"
  sleep 1
done
