#!/usr/bin/env bash
# Builds the application for Linux: packaging/build-linux.sh [VERSION] writes build/APP-TAG-linux-x64.tar.gz.
# It runs wherever glibc is 2.28 or newer, from any folder, and does not use the machine's Python.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=packaging/common.sh
. packaging/common.sh

platform=x86_64-manylinux_2_28

# python-build-standalone without what an application does not need: pip, tests, IDLE, Tk.
add_standalone_python() {
  local minor lib part
  fetch "$PYTHON_LINUX_TARBALL" "$PYTHON_LINUX_SHA256" "Python for Linux"
  tar -xzf "$fetched" -C "$current"
  minor=$(cat .python-version)
  lib=$current/python/lib/python$minor
  [ -d "$lib" ] || die "Python for Linux is not $minor, which .python-version names"
  site=$lib/site-packages
  rm -rf "$site" "$current"/python/{include,share} "$current"/python/lib/{tcl,tk,itcl,thread,pkgconfig}*
  for part in ensurepip idlelib lib2to3 test tkinter turtledemo; do rm -rf "${lib:?}/$part"; done
  find "$current/python/bin" ! -type d ! -name 'python3*' -delete
  rm -f "$current"/python/bin/*-config
  mkdir -p "$site"
# Where this Python finds the application. A .pth file instead of PYTHONPATH allows -I, which excludes the user's own packages.
  echo '../../../../app' >"$site/app.pth"
}

begin linux "${1:-}"
add_standalone_python
install_dependencies "$platform" "$site"
install_app "$platform" "$current/app"
add_launcher "$LAUNCHER_LINUX" "$LAUNCHER_LINUX_SHA256" "$APP_NAME" || install -m 755 packaging/run.sh "$tree"
install -m 755 packaging/install-service.sh packaging/uninstall-service.sh "$current/scripts"
install -m 644 packaging/app.env "$current/scripts"
run_python packaging/finish.py "$current" "$site" "$VERSION" --run env "$current/python/bin/python3"
run_python packaging/installation.py "$tree" "${TAG#v}" linux-x86_64 python/bin/python3
run_python packaging/archive.py "$tree" "build/$APP_NAME-$TAG-linux-x64.tar.gz"
say "build/$APP_NAME-$TAG-linux-x64.tar.gz"
