#!/bin/sh
# Sees to it that the referees are there: installs the missing ones as root on Debian, else says how to.
# Prints one line per peer. Never fails: a missing peer is reported as "not run" by the tests themselves.
set -u

main() {
  missing=
  peer sipp sip-tester
  peer baresip baresip-core
  peer kamailio kamailio
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
