#!/bin/sh
# Makes target/tipring.tar.gz: a folder with jars and a start script, to unpack and run wherever there is a JDK 25.
# `./tipring package` calls it with JAVA_HOME and MVN set.
set -eu

NAME=tipring
FOLDER=target/$NAME

"$MVN" -B -q -ntp -Dstyle.color=never -Dquick -Duntested -pl app -am -Dmaven.test.skip=true package >&2
rm -rf "$FOLDER"
mkdir -p "$FOLDER/lib"

# The class path names folders of modules, whose jars lie beside them, and jars of others. Its order is kept in the
# numbers, so that `lib/*` on the command line is not needed, whose order nobody promises.
class_path=
for entry in app/target/classes $(tr ':' ' ' <app/target/classpath); do
  case $entry in
    */target/classes) jar=$(ls "${entry%/classes}"/*.jar) ;;
    *) jar=$entry ;;
  esac
  cp "$jar" "$FOLDER/lib/"
  class_path=$class_path:\$UNPACKED/lib/$(basename "$jar")
done

sed "s|@CLASS_PATH@|${class_path#:}|" build/start.sh >"$FOLDER/$NAME"
chmod +x "$FOLDER/$NAME"
cp -r LICENSE README.md CHANGELOG.md docs examples "$FOLDER/" # to which the README points

# One start, from which the JVM learns what to keep in lib/cache.aot; any free ports will do.
# It starts within its folder, where no tipring.toml of the checkout is found.
(
  unset TIPRING_CONFIG
  cd "$FOLDER"
  TIPRING_JAVA_OPTIONS=-XX:AOTCacheOutput=lib/cache.aot exec "./$NAME" run --set sip.port=0 --set http.port=0
) >"$FOLDER.log" 2>&1 &
learning=$!
tries=300
until grep -q '^ready' "$FOLDER.log" || [ $tries -eq 0 ]; do
  tries=$((tries - 1))
  sleep 0.1
done
kill "$learning"
wait "$learning" || true
[ -f "$FOLDER/lib/cache.aot" ] || echo "tipring: no cache was made, $FOLDER.log tells why; the start is slower without" >&2

tar -C target -czf "$FOLDER.tar.gz" "$NAME"
echo "$FOLDER.tar.gz: unpack it and start $NAME/$NAME"
