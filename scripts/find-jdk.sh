#!/usr/bin/env bash
# Prints the home of a JDK 25 or newer. Looks at JAVA_HOME first, then PATH, then where systems keep JDKs.
# With --runtime one that cannot compile will do. Reads the file `release` of each, so that nothing is started.
set -u
wanted=25
kind=JDK tool=javac
if [ "${1:-}" = --runtime ]; then
  kind="Java" tool=java
fi

fits() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/$tool" ] && [ -r "$1/release" ] || return 1
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ -n "$version" ] && [ "$version" -ge "$wanted" ]
}

on_path() {
  local java
  java=$(command -v java) || return 1
  java=$(readlink -f "$java" 2>/dev/null) || return 1
  echo "${java%/bin/java}"
}

for home in "${JAVA_HOME:-}" "$(on_path)" \
  /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* \
  /Library/Java/JavaVirtualMachines/*/Contents/Home; do
  if [ -n "$home" ] && fits "$home"; then
    echo "$home"
    exit 0
  fi
done
echo "error: no $kind $wanted was found (JAVA_HOME is '${JAVA_HOME:-}')" >&2
echo "Try:  install one from https://adoptium.net and set JAVA_HOME to it" >&2
exit 1
