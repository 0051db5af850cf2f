#!/bin/sh
# Starts Tipring: ./tipring [run | config] [--config FILE] [--set KEY=VALUE]. Needs a JDK 25 in JAVA_HOME or on PATH.
set -eu
cd "$(dirname "$0")"
JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java
HEAP=${TIPRING_HEAP:-512m}
FLAGS="--enable-native-access=ALL-UNNAMED -XX:+ExitOnOutOfMemoryError -XX:+UseZGC -Xms$HEAP -Xmx$HEAP"

# Classes as the JDK that packaged us had loaded them: half the time to start. Another JDK passes over it.
[ ! -f lib/cache.aot ] || FLAGS="$FLAGS -XX:AOTCache=lib/cache.aot"

# shellcheck disable=SC2086 # options are words
exec "$JAVA" $FLAGS ${TIPRING_JAVA_OPTIONS:-} -cp @CLASS_PATH@ io.tipring.app.Main "$@"
