#!/usr/bin/env bash
# Lets Schemathesis try the HTTP API against events/openapi.yaml, on a Parley that this script
# starts: it sends what the contract allows and what it forbids, and judges the answers.
#
#     judges/contract.sh [SEED [EXAMPLES]]
#
# The default is the same seed every time. EXAMPLES bounds how many requests are generated for each
# operation, and not a time, so that a slower machine tries the same ones. Needs Python 3.10 or newer.
set -euo pipefail
source "$(dirname "$0")/common.sh"

seed=${1:-20261128}
examples=${2:-100}

if ! python=$(find_python 10); then
  say "Schemathesis is left out: it needs Python 3.10 or newer, and there is none here"
  exit 0
fi

home="$JUDGES/schemathesis"
venv=$(install schemathesis "$python" "$DAY" 'schemathesis==4.32.5')
log="$home/parley.log"
cd "$ROOT"
PORT=0 AWS_PORT=0 ./mvnw --batch-mode --quiet -Plocal -Dformat.skip -Dparley.fresh \
  "-Dparley.data=$home/data" >"$log" 2>&1 &
process=$!
trap 'stop $process' EXIT
wait_for 300 "$process" "$log" grep -q 'HTTP API' "$log"
url=$(sed -n 's/^ *HTTP API *//p' "$log")

"$venv/bin/python" judges/people.py "$url" "$home"
cd "$home"
failed=0

# judge PART SEED OPTION...: one run, with the options of Schemathesis that are given.
judge() {
  local part=$1 seed=$2
  shift 2
  if "$venv/bin/schemathesis" --no-color --config-file "$home/$part.toml" run "$ROOT/events/openapi.yaml" \
    --url "$url" --seed "$seed" --max-examples "$examples" --continue-on-failure --no-shrink "$@" \
    >"$home/$part.log" 2>&1; then
    sed -n '/ generated, /s/^ */'"$part, seed $seed: /p" "$home/$part.log"
  else
    failed=1
    tail -n 400 "$home/$part.log"
  fi
}

# Requests by themselves, about people and things that exist; then chains of requests, whose things
# are made and removed by the requests before. Schemathesis ends a run of chains after some 20 of
# them, so there are several runs.
judge single "$seed" --phases examples,coverage,fuzzing
for chain in {1..10}; do
  judge chained $((seed + chain)) --phases stateful
done

# What the product itself calls a fault is one, whatever the answer was.
if grep -E '"(level)":"ERROR"| ERROR ' "$log" | head -n 20 | grep .; then
  failed=1
fi
if [ "$failed" -ne 0 ]; then
  say "contract: Schemathesis found failures with seed $seed"
  exit 1
fi
say "contract: Schemathesis found no failure with seed $seed"
