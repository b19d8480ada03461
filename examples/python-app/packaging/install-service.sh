#!/bin/sh
# Installs the application in this folder as a systemd service that starts with the machine.
#   current/scripts/install-service.sh            a service of the user who calls it, which updates itself
#   current/scripts/install-service.sh --system   a system service, run by its own user, which may only write data/. The
#                                                 launcher runs as root, and updates it
#   … --print                                     prints the unit and changes nothing
#   … -- --port 9000                              the following arguments are passed to the application
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=packaging/app.env
. "$here/current/scripts/app.env"

mode=user print=
while [ $# -gt 0 ]; do
  case "$1" in
    --user) mode=user ;;
    --system) mode=system ;;
    --print) print=yes ;;
    --)
      shift
      break
      ;;
    *)
      sed -n '2,7s/^# //p' "$0"
      exit 2
      ;;
  esac
  shift
done

fail() {
  echo "install-service: $*" >&2
  exit 1
}

# The forms in which systemd reads a path: as a whole value (% is escaped), as one of several paths (also in quotes), and as
# a word of a command line ($ is escaped as well).
plain() { printf '%s' "$1" | sed 's/%/%%/g'; }
quoted() { printf '"%s"' "$(plain "$1" | sed 's/[\\"]/\\&/g')"; }
word() { quoted "$1" | sed 's/\$/$$/g'; }

# The launcher, or run.sh in an archive without one. The path of a program may not be in quotes: env takes it as an argument.
start=$here/$APP_NAME
[ -x "$start" ] || start=$here/run.sh
command="/usr/bin/env $(word "$start")"
for argument in "$@"; do command="$command $(word "$argument")"; done

# What the launcher may do as root: start and stop the application as its user. In a folder without a launcher systemd
# starts the application as its user, and the administrator updates it.
of_machine() {
  if [ -x "$here/$APP_NAME" ]; then
    cat <<EOF
ReadWritePaths=$(quoted "$here")
CapabilityBoundingSet=CAP_SETUID CAP_SETGID CAP_KILL CAP_CHOWN
EOF
  else
    cat <<EOF
User=$APP_NAME
ReadWritePaths=$(quoted "$here/data")
CapabilityBoundingSet=
EOF
  fi
}

unit() {
  cat <<EOF
[Unit]
Description=$TITLE
After=network.target
# The launcher starts the application again by itself.
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=$command
WorkingDirectory=$(plain "$here")
Restart=on-failure
RestartSec=5
# systemd asks the launcher only, which asks the application and waits for it.
KillMode=mixed
SuccessExitStatus=143
TimeoutStopSec=30
EOF
  [ "$mode" = user ] || cat <<EOF
$(of_machine)
NoNewPrivileges=yes
PrivateDevices=yes
PrivateTmp=yes
ProtectSystem=strict
ProtectControlGroups=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictSUIDSGID=yes
EOF
  cat <<EOF

[Install]
WantedBy=$([ "$mode" = user ] && echo default.target || echo multi-user.target)
EOF
}

# Whoever can change the launcher is root once it starts again.
give_code_to_root() {
  above=$here
  while [ "$above" != / ]; do
    above=$(dirname "$above")
    [ -n "$(find "$above" -maxdepth 0 -user 0 ! -perm /022)" ] ||
      fail "others than root can write to $above: move the folder to /opt, for example"
  done
  find "$here" -maxdepth 0 -exec chown root:root {} + -exec chmod go-w {} +
  find "$here" -mindepth 1 -maxdepth 1 ! -name data -exec chown -R root:root {} + -exec chmod -R go-w {} +
}

# Tells the launcher as whom the application runs.
write_user() {
  config=$here/updater/config.json
  grep -q '"user"' "$config" || sed -i "0,/{/s//{\"user\": \"$APP_NAME\", /" "$config"
  sed -i 's/"type": "portable"/"type": "service"/' "$config"
}

if [ -n "$print" ]; then
  unit
  exit 0
fi
command -v systemctl >/dev/null || fail 'this machine has no systemd'
if [ "$mode" = system ]; then
  [ "$(id -u)" = 0 ] || fail '--system has to be run by root (sudo)'
  id "$APP_NAME" >/dev/null 2>&1 || useradd --system --no-create-home --home-dir "$here" --shell /usr/sbin/nologin "$APP_NAME"
  if [ -x "$here/$APP_NAME" ]; then
    give_code_to_root
    write_user
  fi
  mkdir -p "$here/data"
  chown -R "$APP_NAME:" "$here/data"
  unit >"/etc/systemd/system/$APP_NAME.service"
  systemctl daemon-reload
  systemctl enable --now "$APP_NAME.service"
else
  [ "$(id -u)" != 0 ] || fail 'run this as the user whom the service is for, or with --system'
  units=${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user
  mkdir -p "$units" "$here/data"
  unit >"$units/$APP_NAME.service"
  systemctl --user daemon-reload
  systemctl --user enable --now "$APP_NAME.service"
  loginctl enable-linger || echo 'install-service: it runs only while you are logged in (loginctl enable-linger was refused)'
fi
echo "install-service: $APP_NAME.service runs, and starts with the machine"
