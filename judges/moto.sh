#!/usr/bin/env bash
# Runs the tests that end in OnAwsTest against moto, whose DynamoDB shares no code with Amazon's.
# Needs Python 3.10 or newer.
set -euo pipefail
source "$(dirname "$0")/common.sh"

if ! python=$(find_python 10); then
  say "moto is left out: it needs Python 3.10 or newer, and there is none here"
  exit 0
fi

venv=$(install moto "$python" "$DAY" 'moto[server]==5.2.5')
log="$JUDGES/moto/moto.log"
port=$(free_port "$python")
"$venv/bin/moto_server" -H 127.0.0.1 -p "$port" >"$log" 2>&1 &
process=$!
trap 'stop $process' EXIT
wait_for 60 "$process" "$log" grep -q 'Running on' "$log"

judge_adapters MOTO "moto.endpoint=http://127.0.0.1:$port"
