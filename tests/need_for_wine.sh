# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Sourced by what the tests run under wine. need_for_wine PROGRAM…: ends as skipped if one of them is missing.
need_for_wine() {
  for needed in "$@"; do
    command -v "$needed" >/dev/null || {
      echo "there is no $needed: scripts/setup --wine (700 MB); the tests under wine are skipped"
      exit 4 # CTest: skipped
    }
  done
}
