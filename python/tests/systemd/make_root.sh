#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes the root directory of a machine with systemd: make_root.sh DIRECTORY. It is kept, and the tests change nothing in it.
set -eu
[ ! -e "$1/etc/os-release" ] || exit 0
[ "$(id -u)" = 0 ] || {
  echo 'SKIPPED: only root can make and boot a machine with systemd'
  exit 77
}
for needed in debootstrap systemd-nspawn nsenter; do
  command -v "$needed" >/dev/null || {
    echo "SKIPPED: there is no $needed (apt-get install debootstrap systemd-container); the tests with a real systemd were not run"
    exit 77
  }
done
rm -rf "$1.part"
debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,libpam-systemd,dbus-user-session bookworm "$1.part" || {
  echo 'SKIPPED: debootstrap failed; the tests with a real systemd were not run'
  exit 77
}
mv "$1.part" "$1"
