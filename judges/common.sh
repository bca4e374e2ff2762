# Shared by the judges; sourced, never run.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Everything a judge installs or writes is below here, and goes with `./mvnw clean`.
JUDGES="$ROOT/target/judges"

# What PyPI had on this day is what is installed, so that a judge says today what it said then.
# Releases made later broke LocalStack 4.14.0 (cbor2 6, pyOpenSSL 26).
LOCALSTACK_DAY=2026-03-01
DAY=2026-11-22

say() { printf 'judges: %s\n' "$*"; }

# Prints the path of a Python of at least 3.MINOR: from the PATH, else from pyenv. Fails without one.
find_python() {
  local minor=$1 candidate
  for candidate in python3 python3.14 python3.13 python3.12 python3.11 python3.10 \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin/python3; do
    if "$candidate" -c "import sys; sys.exit(sys.version_info < (3, $minor))" 2>/dev/null; then
      "$candidate" -c 'import sys; print(sys.executable)'
      return
    fi
  done
  return 1
}

# install NAME PYTHON DAY PACKAGE...: a virtual environment of its own, as PyPI was on that day.
# Prints the environment's folder.
install() {
  local name=$1 python=$2 day=$3 venv="$JUDGES/$1/venv"
  shift 3
  if [ ! -e "$venv/installed" ]; then
    rm -rf "$venv"
    "$python" -m venv "$venv"
    # pip takes --uploaded-prior-to from version 26 on.
    "$venv/bin/pip" install --quiet --disable-pip-version-check --upgrade 'pip>=26' >&2
    "$venv/bin/pip" install --quiet --disable-pip-version-check --uploaded-prior-to "$day" "$@" >&2
    touch "$venv/installed"
  fi
  printf '%s\n' "$venv"
}

free_port() {
  "$1" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# wait_for SECONDS PID LOG COMMAND...: runs the command every half second until it succeeds. Fails
# when the process has ended or the time is over, and shows the end of its log.
wait_for() {
  local seconds=$1 pid=$2 log=$3 end
  shift 3
  end=$((SECONDS + seconds))
  until "$@" >/dev/null 2>&1; do
    if ! kill -0 "$pid" 2>/dev/null || [ "$SECONDS" -ge "$end" ]; then
      say "it did not start; the end of $log:"
      tail -n 40 "$log"
      return 1
    fi
    sleep 0.5
  done
}

# stop PID: asks a process to end and waits for it.
stop() {
  kill -TERM "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

# judge_adapters COLUMN PROPERTY: runs the tests of our adapters with the stand-in of that name, and
# says how many of its tests passed. Fails if one failed or none ran.
judge_adapters() {
  local column=$1 property=$2
  cd "$ROOT"
  rm -f template-tests/target/surefire-reports/TEST-*OnAwsTest.xml
  ./mvnw --batch-mode --quiet test -pl template-tests -am -Dtest='*OnAwsTest' \
    -Dsurefire.failIfNoSpecifiedTests=false -Dformat.skip "-D$property"
  "$python" "$ROOT/judges/count.py" "$column" template-tests/src/test/java/parley/adapter/Aws.java \
    template-tests/target/surefire-reports/TEST-*OnAwsTest.xml
}
