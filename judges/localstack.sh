#!/usr/bin/env bash
# Runs the tests that end in OnAwsTest against the real LocalStack 4.14.0, without Docker.
# docs/judges.md says what it proves. Needs Python 3.13 or newer and a JDK from 17 on.
set -euo pipefail
source "$(dirname "$0")/common.sh"

if ! python=$(find_python 13); then
  say "LocalStack is left out: it needs Python 3.13 or newer, and there is none here"
  exit 0
fi

home="$JUDGES/localstack"
venv=$(install localstack "$python" "$LOCALSTACK_DAY" 'localstack-core[base-runtime]==4.14.0' moto-ext pymongo)
files="$home/files"
library="$files/var/lib/localstack/lib"
log="$home/localstack.log"

# LocalStack would download DynamoDB Local and a JDK. It is given those that Parley uses already: a
# jar that only names the jars of our own class path, SQLite's native library, and a link to a JDK.
rm -rf "$files"
mkdir -p "$library/java" "$library/dynamodb-local/2/DynamoDBLocal_lib"
jdk=$("${JAVA_HOME:+$JAVA_HOME/bin/}java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
ln -s "$jdk" "$library/java/21"
cd "$ROOT"
./mvnw --batch-mode --quiet -pl local -am process-classes dependency:build-classpath \
  -Dmdep.outputFile=target/classpath.txt -Dformat.skip
cp local/target/classes/sqlite4java/* "$library/dynamodb-local/2/DynamoDBLocal_lib/"
"$python" - "$ROOT/local/target/classpath.txt" "$library/dynamodb-local/2/DynamoDBLocal.jar" <<'PYTHON'
import pathlib, sys, zipfile

jars = [path for path in pathlib.Path(sys.argv[1]).read_text().strip().split(":") if path.endswith(".jar")]
manifest = [
    "Manifest-Version: 1.0",
    "Main-Class: software.amazon.dynamodb.services.local.main.ServerRunner",
    "Class-Path: " + " ".join(pathlib.Path(jar).as_uri() for jar in jars),
]
# A line of a manifest has 72 bytes at most; the next one goes on after a space (JAR File Specification).
lines = []
for line in manifest:
    lines.append(line[:72])
    lines.extend(" " + line[at : at + 71] for at in range(72, len(line), 71))
with zipfile.ZipFile(sys.argv[2], "w") as jar:
    jar.writestr("META-INF/MANIFEST.MF", "\r\n".join(lines) + "\r\n\r\n")
PYTHON
# The agent that LocalStack loads allows more than 20 indexes a table; Parley has none.
sed -i.original '/-javaagent:/d' "$("$venv/bin/python" -c 'import localstack.services.dynamodb.server as server; print(server.__file__)')"

port=$(free_port "$python")
# DynamoDB starts with LocalStack: at first use it would take longer than a try of our client waits.
OVERRIDE_IN_DOCKER=0 FILESYSTEM_ROOT="$files" SERVICES=dynamodb,secretsmanager EAGER_SERVICE_LOADING=1 \
  GATEWAY_LISTEN="127.0.0.1:$port" LOCALSTACK_HOST="127.0.0.1:$port" DNS_ADDRESS=0 DISABLE_EVENTS=1 \
  SKIP_SSL_CERT_DOWNLOAD=1 DYNAMODB_IN_MEMORY=1 \
  "$venv/bin/python" -m localstack.runtime.main >"$log" 2>&1 &
process=$!
trap 'stop $process' EXIT
wait_for 120 "$process" "$log" grep -q '^Ready\.' "$log"

judge_adapters LOCALSTACK "localstack.endpoint=http://127.0.0.1:$port"
