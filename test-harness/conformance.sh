#!/usr/bin/env bash
# Runs the public HTTP cache conformance suite (http-tests/cache-tests) against a servlet in Jetty 12
# that does nothing but pass on, under the agent with one catch-all rule, and prints what passed.
#
#   test-harness/conformance.sh CHECKOUT [ID]     CHECKOUT is the suite's, after `npm install`; ID runs one test
#
# Needs Node 20 and what `mvn verify` leaves: the agent's jar and test-harness/web-libraries/target/jetty-12.
# Everything is on loopback. To be run alone on a machine: the suite waits for lifetimes of two seconds.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'conformance: %s\n' "$*" >&2; }

if [ $# -lt 1 ] || [ ! -f "$1/test-engine/cli.mjs" ]; then
  say "the first argument names no checkout of http-tests/cache-tests; git clone it, and run npm install in it"
  exit 2
fi
checkout=$(cd "$1" && pwd)
id=${2:-}
here=$PWD/test-harness/src/conformance
agent=$PWD/agent/target/larder-agent.jar
jetty=$PWD/test-harness/web-libraries/target/jetty-12
java=java
if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; fi
if [ ! -f "$agent" ]; then
  say "there is no $agent; build it: mvn -pl agent -am package -DskipTests"
  exit 1
fi
if [ ! -d "$jetty" ]; then
  say "there is no $jetty; get it: mvn -pl test-harness/web-libraries package"
  exit 1
fi

scratch=$(mktemp -d)
started=()
end() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$scratch"
}
trap end EXIT

# Waits until a file has a line with a port; prints the port.
port() {
  for _ in $(seq 300); do
    if grep -qE "$2[0-9]+" "$1"; then grep -oE "$2[0-9]+" "$1" | grep -oE '[0-9]+$' | head -1; return; fi
    sleep 0.1
  done
  say "nothing was started within 30 s:"; cat "$1" >&2
  return 1
}

export npm_config_protocol=http npm_config_pidfile=$scratch/pid npm_package_config_id=''
(cd "$checkout" && npm_config_port=0 exec node --import "$here/loopback.mjs" test-engine/server/server.mjs) \
  > "$scratch/origin" 2>&1 &
started+=($!)
origin=$(port "$scratch/origin" 'Listening on http://127\.0\.0\.1:')

"${java}c" -cp "$jetty/*" -d "$scratch/classes" "$here/Proxy.java"
"$java" -javaagent:"$agent=config=$here/larder.properties;log=$scratch/larder.log" -cp "$scratch/classes:$jetty/*" Proxy "$origin" \
  > "$scratch/proxy" 2>&1 &
started+=($!)
proxy=$(port "$scratch/proxy" 'port=')

cd "$checkout"
export npm_config_base=http://127.0.0.1:$proxy
if [ -n "$id" ]; then
  npm_config_id=$id node --no-warnings test-engine/cli.mjs
else
  node --no-warnings test-engine/cli.mjs > "$scratch/results.json" 2> "$scratch/errors"
  node "$here/score.mjs" "$checkout" "$scratch/results.json"
fi
grep -E 'WARN|ERROR' "$scratch/larder.log" >&2 || true
