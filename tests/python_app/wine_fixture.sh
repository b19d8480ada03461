#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Shared by the tests under wine: wine_fixture.sh DIRECTORY, after `scripts/python-app --build DIRECTORY`, writes
# DIRECTORY/prefix, a wine prefix that each test copies, and DIRECTORY/next, the application's next version, built for
# Windows, without a package and a module that v1.2.0 has.
set -euo pipefail
cd "$(dirname "$0")/../.."
top=$PWD
# shellcheck source=tests/need_for_wine.sh
. tests/need_for_wine.sh
need_for_wine wine x86_64-w64-mingw32-g++
[ -f "$1/project/build/your-app-v1.2.0-setup.exe" ] || {
  echo 'the template was not built; the tests under wine are skipped'
  exit 4
}
[ -d "$1/prefix" ] || {
  tests/python_app/wine_prefix.sh "$1/prefix.part"
  mv "$1/prefix.part" "$1/prefix"
}

rm -rf "$1/next"
mkdir "$1/next"
cp -R "$1/project/." "$1/next"
rm -rf "$1/next/build"
cd "$1/next"
export STANDINS=$top/.deps/python-standin PATH=$top/.deps/bin:$PATH NSIS_COMPRESSOR=zlib
set -a
# shellcheck source=/dev/null
. "$STANDINS/python.env"
set +a
launcher=$top/dist/gitea-release-launcher-windows-amd64.exe
if [ -f "$launcher" ]; then
  LAUNCHER_WINDOWS_SHA256=$(sha256sum "$launcher" | cut -d ' ' -f 1)
  export LAUNCHER_WINDOWS="$launcher" LAUNCHER_WINDOWS_SHA256
fi
# This version lacks tzlocal, on which tzdata depends, and the page has another name.
sed -i '/"tzlocal>=5",/d' pyproject.toml
uv lock --quiet
sed -i 's/from tzlocal import get_localzone/from datetime import timezone/; s/get_localzone()/timezone.utc/' src/your_app/pages.py
mv src/your_app/web.py src/your_app/site.py
sed -i 's/from \.web import/from .site import/' src/your_app/__main__.py
packaging/build-windows.sh v1.3.0-rc.1
