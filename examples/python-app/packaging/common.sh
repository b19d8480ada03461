# shellcheck shell=bash
# Shared by both builds; build-windows.sh and build-linux.sh source it, from the project's folder.

# shellcheck source=packaging/app.env
. packaging/app.env
# shellcheck source=packaging/python.env
. packaging/python.env
# shellcheck source=packaging/launcher.env
. packaging/launcher.env

# uv copies what it installs: a link into its cache would change with the tree.
export UV_LINK_MODE=copy

say() { printf 'build: %s\n' "$*"; }
die() {
  printf 'build: %s\n' "$*" >&2
  exit 1
}

# Python for the build itself: any from 3.11, with the standard library only.
run_python() { uv run --no-project --python '>=3.11' --quiet -- python -B "$@"; }

# Sets TAG, VERSION, SOURCE_DATE_EPOCH, work (the build folder of this platform), tree (the folder to be packed) and current (what
# an update replaces in it).
begin() {
  command -v uv >/dev/null || die 'there is no uv: pip install uv, or see https://docs.astral.sh/uv/'
  local answer
  answer=$(packaging/version.sh "${2:-}")
  eval "$answer"
# Archives of one commit are identical, whenever and wherever they are made. 1980 is the earliest date that a zip can hold.
  : "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || echo 315619200)}"
  export SOURCE_DATE_EPOCH
  work=build/$1
  tree=$work/$APP_NAME
  current=$tree/current
  say "$APP_NAME $TAG ($VERSION) for $1"
  rm -rf "$work"
  mkdir -p "$current/scripts" build/downloads
}

# fetch URL-OR-FILE SHA256 NAME: sets `fetched` to a file with that checksum.
fetch() {
  local address=$1 sum=$2 name=$3
  [ -n "$sum" ] || die "$name has no SHA-256: set it in packaging/python.env, which says where to find it"
  fetched=$address
  case "$address" in
    *://*)
      fetched=build/downloads/$sum
      [ -f "$fetched" ] || {
        curl -fsSL --retry 3 -o "$fetched.part.$$" "$address" || die "$name cannot be had from $address"
        mv "$fetched.part.$$" "$fetched"
      }
      ;;
  esac
  [ -f "$fetched" ] || die "$name: there is no file $fetched"
  say "$name: $address"
  printf '%s *%s\n' "$sum" "$fetched" | sha256sum -c --quiet - >/dev/null 2>&1 || {
    local got
    got=$(sha256sum "$fetched" | cut -d ' ' -f 1)
    case "$fetched" in build/downloads/*) rm -f "$fetched" ;; esac
    die "$name: the SHA-256 of $address is $got, expected was $sum"
  }
}

# add_launcher ADDRESS SHA256 NAME: writes the launcher to $tree/NAME. Fails if packaging/launcher.env has no checksum of it.
add_launcher() {
  [ -n "$2" ] || {
    say 'packaging/launcher.env has no launcher: the application will not update itself'
    return 1
  }
  fetch "$1" "$2" "the launcher"
  install -m 755 "$fetched" "$tree/$3"
}

# install_dependencies UV-PLATFORM SITE-PACKAGES: installs exactly what uv.lock lists for that platform, on any machine.
# Only wheels: a package that is compiled here would be compiled for this machine.
install_dependencies() {
  uv export --quiet --frozen --no-dev --no-emit-project --output-file "$work/requirements.txt" >/dev/null
  uv pip install --quiet --target "$2" --python-platform "$1" --python-version "$(cat .python-version)" \
    --only-binary :all: --require-hashes --no-deps --requirements "$work/requirements.txt"
}

# install_app UV-PLATFORM FOLDER: builds the project's wheel with the version of the tag, which is written to a copy, and
# installs it.
install_app() {
  local copy=$work/source
  mkdir -p "$copy"
  cp -R pyproject.toml README.md src "$copy"
  uv version --quiet --frozen --project "$copy" "$VERSION" >/dev/null
  uv build --quiet --wheel --out-dir "$work/wheel" "$copy"
  uv pip install --quiet --target "$2" --python-platform "$1" --python-version "$(cat .python-version)" \
    --no-deps "$work/wheel/"*.whl
}
