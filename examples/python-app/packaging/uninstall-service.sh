#!/bin/sh
# Stops and removes the service; the folder and its data stay. current/scripts/uninstall-service.sh [--system]
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=packaging/app.env
. "$here/current/scripts/app.env"

case "${1:-}" in
  '')
    units=${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user
    scope=--user
    ;;
  --system)
    units=/etc/systemd/system
    scope=--system
    ;;
  *)
    sed -n '2s/^# //p' "$0"
    exit 2
    ;;
esac
file=$units/$APP_NAME.service
[ -f "$file" ] || {
  echo "uninstall-service: there is no $file"
  exit 0
}
systemctl "$scope" disable --now "$APP_NAME.service"
rm -f "$file"
systemctl "$scope" daemon-reload
echo "uninstall-service: $APP_NAME.service is gone; $here/data stays"
