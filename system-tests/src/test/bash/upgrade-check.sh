#!/usr/bin/env bash
# Builds a former commit, lets it bring models in, stops it in the middle of a download, and starts the present state on
# what it left: database, topics, volume. Run by `make upgrade-check`; what was seen is printed, and the first thing that
# is not as it should be ends it with status 1. Everything lies under target/upgrade; needs git, curl and what `make up` needs.
#
#   from=COMMIT   the former state; the first whole one of this project without it
#   offset=N      added to every default port
set -euo pipefail
from=6c760221 offset=21000
for word in "$@"; do
  case "$word" in
    from=?*) from=${word#from=} ;;
    offset=?*) offset=${word#offset=} ;;
    *) echo "error: $word says nothing here" >&2; sed -n 's/^#  //p' "$0" >&2; exit 2 ;;
  esac
done

root=$(git rev-parse --show-toplevel)
commit=$(git -C "$root" rev-parse --short=8 "$from^{commit}")
base="$root/target/upgrade" former="$root/target/upgrade/$commit" data="$root/target/upgrade/data"
log="$base/up.log" up=
export DEPOT_DATA="$data" NO_COLOR=1
unset MODELS_DIR DEPOT_URL

fail() { echo "  ✗ $1" >&2; echo "Logs: $data/logs, $log" >&2; exit 1; }
seen() { echo "  ✓ $1"; }
depot() { "$1/scripts/manage-ai-models.sh" "${@:2}" >>"$base/commands.log" 2>&1 || fail "manage-ai-models.sh ${*:2}"; }
said() { sed -n "s/.*\"$1\" *: *\"\{0,1\}\([^\",}]*\).*/\1/p" | head -1; }
registry() { curl -sf "$(said registryUrl <"$data/run.json")/api/v1/$1" || fail "GET $1"; }
current() { sed -n 's/.*"commit":"\([0-9a-f]*\)".*/\1/p' "$data/ai-models/versions/$1/current.json"; }

start() {
  local began=$SECONDS
  make -C "$1" --no-print-directory up ARGS="--data $data --port-offset $offset --no-demo" >"$log" 2>&1 &
  up=$!
  until grep -q '^Ready' "$log"; do
    kill -0 "$up" 2>/dev/null || { cat "$log" >&2; fail "make up in $1"; }
    sleep 1
  done
  seen "$2 is ready after $((SECONDS - began)) s"
}

stop() {
  [ -n "$up" ] || return 0
  kill -TERM "$(said pid <"$data/run.json")" 2>/dev/null || true
  wait "$up" 2>/dev/null || true
  up=
}
trap stop EXIT

echo "From $commit ($(git -C "$root" log -1 --format=%cs "$commit")) to $(git -C "$root" rev-parse --short=8 HEAD)"
rm -rf "$data"; mkdir -p "$base"; : >"$base/commands.log"
if [ ! -d "$former" ]; then
  git clone -q --no-checkout "$root" "$former"
  git -C "$former" checkout -q "$commit"
fi
[ -f "$former/target/built.stamp" ] || make -C "$former" --no-print-directory build || fail "make build of $commit"
seen "$commit is built"

# So slow that a download is still under way when everything is stopped.
DEPOT_TRANSFER_BYTES_PER_SECOND=8000000 start "$former" "$commit"
depot "$former" download phi-2@v1
depot "$former" download phi-2@main
depot "$former" rollback phi-2
depot "$former" unpin phi-2
depot "$former" download mistral-7b
depot "$former" activate mistral-7b
depot "$former" download --detach llama2-70b
before=$(registry audit/verify)
records=$(said records <<<"$before") hash=$(said hash <<<"$before")
phi=$(current phi-2) mistral=$(current mistral-7b)
stop
(cd "$data/ai-models/versions" && find phi-2 mistral-7b -type f -path '*/*/*' ! -path '*/.claim/*' -exec sha256sum {} + | sort -k2) >"$base/files"
seen "$commit kept phi-2 in two versions and mistral-7b, $records audit records, and stopped in a download"

start "$root" "the present state"
[ "$(current phi-2)" = "$phi" ] && [ "$(current mistral-7b)" = "$mistral" ] || fail "another version is current"
(cd "$data/ai-models/versions" && sha256sum --quiet -c "$base/files") || fail "a file is another one"
depot "$root" path phi-2@"$phi"
[ "$(readlink "$data/ai-models/active/mistral-7b")" = "../versions/mistral-7b/$mistral" ] || fail "mistral-7b is not active"
seen "the current versions, the active link and all $(wc -l <"$base/files") files are what they were"
after=$(registry audit/verify)
[ "$(said intact <<<"$after")" = true ] || fail "the audit trail is broken: $after"
registry "audit?limit=200" | grep -q "$hash" || fail "the trail has no record $hash any more"
seen "the audit trail is intact, $(said records <<<"$after") records, the last one of before among them"
depot "$root" wait llama2-70b --for present
seen "the download that was interrupted went on to its end"
depot "$root" verify
seen "every byte of every version is as its manifest says"
depot "$root" download qwen-7b
depot "$root" download phi-2@main
[ "$(current phi-2)" != "$phi" ] || fail "the update is not current"
depot "$root" rollback phi-2
[ "$(current phi-2)" = "$phi" ] || fail "the rollback is not current"
depot "$root" cleanup --dry-run
depot "$root" backup mistral-7b
seen "a new download, an update, a rollback, a cleanup's plan and a backup work"
[ "$(registry audit/verify | said intact)" = true ] || fail "the audit trail is broken"
# The broker calls a machine that is busy an error; what our own services say counts.
if grep -h ' ERROR ' "$data"/logs/{registry,downloader,janitor,placement}.log | head -5 | grep .; then fail "a service logged errors"; fi
seen "no service logged an error, and the trail is intact"
