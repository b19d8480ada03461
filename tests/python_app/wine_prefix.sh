#!/bin/sh
# SPDX-License-Identifier: MIT
# Creates a wine prefix in which the programs of the template run: wine_prefix.sh DIRECTORY
# wine 8 lacks the function that pydantic-core calls for random bytes: a DLL that passes the call on goes into its system32,
# never into the tree under test. To use it: WINEPREFIX=DIRECTORY HOME=DIRECTORY/home WINEDLLOVERRIDES='mscoree=;mshtml='.
set -eu
mkdir -p "$1/home"
WINEPREFIX=$(cd "$1" && pwd)
HOME=$WINEPREFIX/home
export WINEPREFIX HOME WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES='mscoree=;mshtml='
timeout 120 wineboot --init </dev/null >/dev/null 2>&1
wineserver --wait
# Desktop and others are links into HOME; they become folders, so that the prefix can be copied.
find "$WINEPREFIX/drive_c/users" -type l | while read -r link; do
  rm "$link"
  mkdir "$link"
done
cat >"$WINEPREFIX/random.cpp" <<'EOF'
extern "C" __declspec(dllimport) unsigned char __stdcall SystemFunction036(void* bytes, unsigned long size);
extern "C" __declspec(dllexport) int ProcessPrng(unsigned char* bytes, unsigned long long size) {
  return SystemFunction036(bytes, static_cast<unsigned long>(size));  // RtlGenRandom
}
EOF
x86_64-w64-mingw32-g++ -Os -s -static -shared -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" \
  "$WINEPREFIX/random.cpp" -ladvapi32
rm "$WINEPREFIX/random.cpp"
