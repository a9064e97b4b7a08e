#!/usr/bin/env bash
# How long the command takes beside `java -version`, as whole processes, against the depot that answers (make up).
# Every round runs all of them in turn, so that what else the machine does meets all alike; what counts is the median of
# the rounds' ratios. Usage: cli-start.sh [ROUNDS [COMMAND...]]; DEPOT_DATA or DEPOT_URL say which depot.
set -eu

rounds="${1:-15}"
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
java="$("$root/scripts/find-jdk.sh" --runtime)/bin/java"
depot="$root/scripts/manage-ai-models.sh"
names=("java -version" "${@:2}")
[ $# -gt 1 ] || names+=("version" "status" "list" "downloads" "explain gated")
times=$(mktemp)
trap 'rm -f "$times"' EXIT

run() {
  if [ "$1" = "java -version" ]; then
    "$java" -version >/dev/null 2>&1
  else
    # shellcheck disable=SC2086  # the words of a command
    "$depot" $1 >/dev/null 2>&1
  fi
}

for name in "${names[@]}"; do
  run "$name" || { echo "error: \"$name\" does not work; is there a depot? (make up)" >&2; exit 1; }
done
for ((round = 0; round < rounds; round++)); do
  base=0
  for name in "${names[@]}"; do
    from=${EPOCHREALTIME/./}
    run "$name"
    took=$((${EPOCHREALTIME/./} - from))
    [ "$base" = 0 ] && base=$took
    echo "$name|$((took / 1000))|$((took * 100 / base))" >>"$times"
  done
done

column() { # of one process
  awk -F'|' -v name="$1" -v at="$2" '$1 == name { print $at }' "$times"
}

middle() { # of a column of numbers: median (least to most)
  sort -n | awk -v unit="$1" '{ v[NR] = $1 } END { printf "%s (%s to %s)", v[int((NR + 1) / 2)] / unit, v[1] / unit, v[NR] / unit }'
}
echo "| process | ms | to \`java -version\` |"
echo "|---|---|---|"
for name in "${names[@]}"; do
  ms=$(column "$name" 2 | middle 1)
  ratio=$(column "$name" 3 | middle 100)
  echo "| \`$name\` | $ms | $ratio |"
done
