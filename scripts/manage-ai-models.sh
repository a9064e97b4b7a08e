#!/usr/bin/env bash
# Model Depot's command. Finds a JDK, tells Java what only a shell knows about the terminal, and runs the CLI.
# Works from any directory and through a link. Try: manage-ai-models.sh --help
set -u

source_path="${BASH_SOURCE[0]}"
while [ -L "$source_path" ]; do
  link=$(readlink "$source_path")
  case "$link" in
    /*) source_path="$link" ;;
    *) source_path="$(dirname "$source_path")/$link" ;;
  esac
done
root=$(cd -P "$(dirname "$source_path")/.." && pwd)
lib="${DEPOT_CLI_HOME:-$root/cli/target/dist}/lib"

jar=""
for candidate in "$lib"/cli-*.jar; do
  [ -f "$candidate" ] && jar="$candidate"
done
if [ -z "$jar" ]; then
  echo "error: the command is not built yet" >&2
  echo "Try:  make -C '$root' build" >&2
  exit 2
fi

java_home=$("$root/scripts/find-jdk.sh" --runtime) || exit 2
java="$java_home/bin/java"

# C1 starts fastest, but it has no SHA intrinsics: what hashes runs with all compilers.
flags=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m)
for word in "$@"; do
  case "$word" in
    -*) ;;
    verify|import|bundle|doctor) flags=(-XX:+UseSerialGC -Xmx512m); break ;;
    *) break ;;
  esac
done
# A cache of loaded classes, made on this machine by `make aot`; one that no longer fits is passed over in silence.
cache="${lib%/lib}/cli.aot"
if [ -n "${DEPOT_CLI_TRAIN:-}" ]; then
  flags+=("-XX:AOTCacheOutput=$cache")
elif [ -f "$cache" ]; then
  flags+=("-XX:AOTCache=$cache" -Xlog:aot=off -Xlog:cds=off)
fi

in=0 out=0 err=0 columns=80
if [ -t 0 ]; then in=1; fi
if [ -t 1 ]; then out=1; fi
if [ -t 2 ]; then err=1; fi
if [ "$out$err" != 00 ]; then
  columns=$(tput cols 2>/dev/null) || columns="${COLUMNS:-80}"
fi

# Java can name a file only as far as its locale can, and models have names of all kinds. What the terminal can show is
# another question, so that is asked before.
utf8=1
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
  *.[Uu][Tt][Ff]-8 | *.[Uu][Tt][Ff]8) ;;
  *) utf8=0; export LC_ALL=C.UTF-8 ;;
esac

exec "$java" "${flags[@]}" --enable-native-access=ALL-UNNAMED \
  "-Ddepot.root=$root" "-Ddepot.program=$0" "-Ddepot.columns=$columns" \
  "-Ddepot.tty.in=$in" "-Ddepot.tty.out=$out" "-Ddepot.tty.err=$err" "-Ddepot.utf8=$utf8" \
  -jar "$jar" "$@"
