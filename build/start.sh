#!/bin/sh
# Starts Tipring: ./tipring [run | config] [--config FILE] [--set KEY=VALUE]. Needs a JDK 25 in JAVA_HOME or on PATH.
# Files that are named lie where it is called from; a link to this script will do.
set -eu
UNPACKED=$(dirname "$(readlink -f "$0")")
HEAP=${TIPRING_HEAP:-512m}
FLAGS="--enable-native-access=ALL-UNNAMED -XX:+ExitOnOutOfMemoryError -XX:+UseZGC -Xms$HEAP -Xmx$HEAP"

JAVA=$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java") || {
  echo "tipring: needs a JDK 25 and found no java in JAVA_HOME (${JAVA_HOME:-not set}) or PATH" >&2
  exit 2
}
# The file says what it is without a second start of it; where it is missing the JVM itself will complain.
release=$(dirname "$(dirname "$(readlink -f "$JAVA")")")/release
version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release" 2>/dev/null || true)
[ "${version:-25}" -ge 25 ] || {
  echo "tipring: needs a JDK 25, and $JAVA is of version $version; set JAVA_HOME to a newer one" >&2
  exit 2
}

set -- io.tipring.app.Main "$@"
# Classes as the JDK that packaged us had loaded them: half the time to start. Another JDK passes over it.
[ ! -f "$UNPACKED/lib/cache.aot" ] || set -- "-XX:AOTCache=$UNPACKED/lib/cache.aot" "$@"

# shellcheck disable=SC2086 # options are words
exec "$JAVA" $FLAGS ${TIPRING_JAVA_OPTIONS:-} -cp "@CLASS_PATH@" "$@"
