#!/usr/bin/env bash
# Prints the version of this build: packaging/version.sh [VERSION] prints TAG=v1.2.0-rc.1 and VERSION=1.2.0rc1.
# It comes from the first of these that has one: the argument, the tag of the checked-out commit, the tag of the run,
# pyproject.toml.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# On the push of a branch the name of the ref is the branch, not a version.
run_tag() {
  case "${GITHUB_REF:-}" in refs/tags/*) printf '%s\n' "${GITHUB_REF#refs/tags/}" ;; esac
}

given=${1:-}
[ -n "$given" ] || given=$(git describe --tags --exact-match 2>/dev/null || true)
[ -n "$given" ] || given=$(run_tag)
[ -n "$given" ] || given=$(uv version --frozen --short)

version=${given##*[/@]} # the tag of one project among several: app/v1.2.0, app@1.2.0
version=${version#v}
[[ $version =~ ^[0-9]+(\.[0-9]+)*([-+._]?[0-9A-Za-z]+)*$ ]] || {
  echo "version: '$given' is no version; tags look like v1.2.0 or v1.2.0-rc.1" >&2
  exit 1
}
python=$(uv version --frozen --short --dry-run "$version") || {
  echo "version: Python has no form of '$version'; a prerelease is alpha, beta or rc with a number: v1.2.0-rc.1" >&2
  exit 1
}
printf 'TAG=v%s\nVERSION=%s\n' "$version" "$python"
