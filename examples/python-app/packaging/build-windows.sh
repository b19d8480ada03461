#!/usr/bin/env bash
# Builds the application for Windows, on Linux or in Git Bash: packaging/build-windows.sh [VERSION]
# writes build/APP-TAG-win-x64.zip and, if makensis is installed, build/APP-TAG-setup.exe.
#   NSIS_COMPRESSOR=zlib    builds the installer quickly instead of making it small (lzma)
#   RUN_WINDOWS=wine        the command that runs a Windows program here: then the tree is tested, too
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=packaging/common.sh
. packaging/common.sh
# shellcheck source=packaging/embed.sh
. packaging/embed.sh
# shellcheck source=packaging/tkinter.sh
. packaging/tkinter.sh

# run.cmd in place of the launcher.
add_script() { sed "s/@PACKAGE@/$PACKAGE/; s/\$/\r/" packaging/run.cmd >"$tree/run.cmd"; }

find_makensis() {
  command -v makensis || ls '/c/Program Files (x86)/NSIS/makensis.exe' 2>/dev/null || true
}

build_installer() {
  local makensis numbers
  makensis=$(find_makensis)
  [ -n "$makensis" ] || {
    say 'there is no makensis, so no installer: apt-get install nsis'
    return 0
  }
  numbers=$(printf '%s' "${TAG#v}" | sed 's/[^0-9.].*//')
  while [[ ! $numbers =~ \..*\..*\. ]]; do numbers+=.0; done
  sed 's/"portable"/"installer"/' "$tree/updater/config.json" >"$work/config.json"
  "$makensis" -V2 -WX -DVERSION="$VERSION" -DNUMBERS="$numbers" -DTREE="$PWD/$tree" -DOUTPUT="$PWD/build/$APP_NAME-$TAG-setup.exe" \
    -DCOMPRESSOR="${NSIS_COMPRESSOR:-lzma}" packaging/installer.nsi
  say "build/$APP_NAME-$TAG-setup.exe"
}

begin windows "${1:-}"
site=$current/python/Lib/site-packages
add_embedded_python
[ "$TKINTER" = no ] || add_tkinter
install_dependencies x86_64-pc-windows-msvc "$site"
install_app x86_64-pc-windows-msvc "$current/app"
add_launcher "$LAUNCHER_WINDOWS" "$LAUNCHER_WINDOWS_SHA256" "$APP_NAME.exe" || add_script
cp packaging/app.env "$current/scripts"
[ "$(uname -s)" = Linux ] || RUN_WINDOWS="env" # Git Bash
if [ -n "${RUN_WINDOWS:-}" ]; then
  run_python packaging/finish.py "$current" "$site" "$VERSION" --run "$RUN_WINDOWS" "$current/python/python.exe"
else
  say 'no Windows program runs here: the modules are not imported (RUN_WINDOWS)'
  run_python packaging/finish.py "$current" "$site" "$VERSION"
fi
run_python packaging/installation.py "$tree" "${TAG#v}" windows-x86_64 python/python.exe
run_python packaging/archive.py "$tree" "build/$APP_NAME-$TAG-win-x64.zip"
say "build/$APP_NAME-$TAG-win-x64.zip"
build_installer
