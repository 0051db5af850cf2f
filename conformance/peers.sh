#!/bin/sh
# Sees to it that the referees are there: installs the missing ones as root on Debian, else says how to.
# Prints one line per peer. Never fails: a missing peer is reported as "not run" by the tests themselves.
set -u

main() {
  missing=
  peer sipp sip-tester
  peer baresip baresip-core
  peer kamailio kamailio
  peer node nodejs
  debian
  judges
}

# Installs what is missing.
debian() {
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "to run all of them: apt-get install$missing"
    return 0
  fi
  log=$(mktemp)
  # shellcheck disable=SC2086 # packages are words
  if DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends $missing >"$log" 2>&1 ||
    { apt-get -q update >>"$log" 2>&1 &&
      DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends $missing >>"$log" 2>&1; }; then
    echo "installed$missing"
  else
    echo "could not install$missing:"
    tail -n 5 "$log"
  fi
  rm -f "$log"
}

# What judges the schemas, by npm, in a folder of its own.
judges() {
  folder=$HOME/.cache/tipring/judges
  wanted="ajv@8.20.0 typescript@7.0.2 @asyncapi/specs@6.11.1"
  if [ "$(cat "$folder/installed" 2>/dev/null)" = "$wanted" ]; then
    echo "judges $wanted: installed"
  elif ! command -v npm >/dev/null; then
    echo "judges $wanted: missing, and no npm to install them"
  else
    mkdir -p "$folder"
    # shellcheck disable=SC2086 # packages are words
    if npm install --prefix "$folder" --no-audit --no-fund --silent $wanted >/dev/null 2>&1; then
      echo "$wanted" >"$folder/installed"
      echo "judges $wanted: installed now"
    else
      echo "judges $wanted: could not install them"
    fi
  fi
}

# peer COMMAND PACKAGE
peer() {
  if command -v "$1" >/dev/null || [ -x "/usr/sbin/$1" ]; then
    echo "peer $1: installed"
  else
    echo "peer $1: missing (package $2)"
    missing="$missing $2"
  fi
}

main
