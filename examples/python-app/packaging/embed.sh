# shellcheck shell=bash disable=SC2154
# Sourced by build-windows.sh: Python for Windows in $current/python.

# The ._pth file is written completely: this Python searches only the folders in it, not PYTHONPATH or the current folder.
write_path_file() {
  local file lines
  file=$(echo "$current"/python/python3*._pth)
  [ -f "$file" ] || die "$PYTHON_EMBED_ZIP is no embeddable Python: it has no python3*._pth"
  lines=("$(basename "$file" ._pth).zip" . '..\app')
  [ "$TKINTER" = no ] || lines+=(Lib)
  printf '%s\r\n' "${lines[@]}" 'import site' >"$file"
}

add_embedded_python() {
  fetch "$PYTHON_EMBED_ZIP" "$PYTHON_EMBED_SHA256" "Python for Windows"
  run_python -m zipfile -e "$fetched" "$current/python"
  local minor
  minor=$(tr -d . <.python-version)
  [ -f "$current/python/python$minor.dll" ] || die "Python for Windows is not $(cat .python-version), which .python-version names"
  write_path_file
}
