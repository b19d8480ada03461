# shellcheck shell=bash disable=SC2154
# Sourced by build-windows.sh if TKINTER=yes: adds tkinter, which the embeddable Python does not contain, to $current/python.

add_tkinter() {
  fetch "$PYTHON_TCLTK_MSI" "$PYTHON_TCLTK_SHA256" "tkinter for Windows"
  local from=$work/tcltk
  mkdir -p "$from"
  if command -v msiextract >/dev/null; then
    msiextract --directory "$from" "$fetched" >/dev/null
  elif command -v msiexec >/dev/null; then # Git Bash on Windows
    MSYS2_ARG_CONV_EXCL='*' msiexec /a "$(cygpath -w "$fetched")" /qn "TARGETDIR=$(cygpath -aw "$from")"
  else
    die 'tkinter needs msiextract: apt-get install msitools'
  fi
# The interpreter finds Tcl in python/tcl, and the module through the line Lib in the ._pth file.
  mkdir -p "$current/python/Lib"
  cp "$from"/DLLs/* "$current/python"
  cp -R "$from"/tcl "$current/python/tcl"
  cp -R "$from"/Lib/tkinter "$current/python/Lib/tkinter"
}
