#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs a test program for Windows under wine: wine.sh PROGRAM
set -eu
program=$1
# shellcheck source=tests/need_for_wine.sh
. "$(dirname "$0")/../need_for_wine.sh"
need_for_wine wine wineserver
[ -f "$program" ] || {
  echo "there is no $program: scripts/test --full builds it; skipped"
  exit 4 # CTest: skipped
}
folder=$(mktemp -d)
end() {
  wineserver --kill || true
  rm -rf "$folder"
}
export WINEPREFIX="$folder/prefix" HOME="$folder" WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES='mscoree=;mshtml=' LC_ALL=C.UTF-8
trap end EXIT
wine "$program" --reporter compact </dev/null
