#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs a test program for Windows under wine: wine.sh PROGRAM
set -eu
program=$1
for needed in wine wineserver; do
  command -v "$needed" >/dev/null || {
    echo "there is no $needed: scripts/setup --wine (700 MB); skipped"
    exit 4 # CTest: skipped
  }
done
[ -f "$program" ] || {
  echo "there is no $program: scripts/test --full builds it; skipped"
  exit 4
}
folder=$(mktemp -d)
end() {
  wineserver --kill || true
  rm -rf "$folder"
}
export WINEPREFIX="$folder/prefix" HOME="$folder" WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES='mscoree=;mshtml='
trap end EXIT
wine "$program" --reporter compact </dev/null
