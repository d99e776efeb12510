#!/usr/bin/env bash
# Measures Larder beside hand-written caches and other libraries, as ratios within one run.
#
#   test-harness/benchmarks.sh [-r ROUNDS] [-s SECONDS] [-p FOLDER] [SUITE…]
#
# Suites: memory threads mutable miss cold cold-virtual redis near heap; all of them where none is
# named. Prints Markdown, as docs/performance.md has it.
# ROUNDS (5) of each contender in turn, each in a JVM of its own; SECONDS (1) for each of its three
# measurements. Each table is drawn into FOLDER as well, as SVG, where one is named.
# Measures on the JDK of JAVA_HOME or the path; cold-virtual needs one of 21 or newer.
# Needs what `mvn package` leaves, and redis-server for redis and near.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'benchmarks: %s\n' "$*" >&2; }

rounds=5
seconds=1
pictures=
while getopts r:s:p:h option; do
  case $option in
    r) rounds=$OPTARG ;;
    s) seconds=$OPTARG ;;
    p) mkdir -p "$OPTARG"; pictures=$(cd "$OPTARG" && pwd) ;;
    h) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))

java=java
if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; fi
home=$(dirname "$(dirname "$(readlink -f "$(command -v "$java")")")")
agent=agent/target/larder-agent.jar
benchmarks=test-harness/benchmarks/target
if [ ! -f "$agent" ] || [ ! -d "$benchmarks/lib" ]; then
  say "build first: mvn -pl agent,test-harness/benchmarks -am package -DskipTests"
  exit 1
fi

suites=("$@")
if [ ${#suites[@]} -eq 0 ]; then
  suites=(memory threads mutable miss cold redis near heap)
  if [ "$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.specification.version = //p')" -ge 21 ]; then
    suites+=(cold-virtual)
  fi
fi

options=()
case " ${suites[*]} " in
  *" redis "* | *" near "*)
    command -v redis-server >/dev/null || { say "there is no redis-server"; exit 1; }
    port=$((20000 + RANDOM % 20000))
    redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no >/dev/null &
    redis=$!
    trap 'kill "$redis"' EXIT
    options+=("-Dredis.uri=redis://127.0.0.1:$port")
    ;;
esac

"$java" "${options[@]}" -cp "$benchmarks/classes:$benchmarks/lib/*" \
  dev.larder.benchmark.Compare "$home" "$agent" "$rounds" "$seconds" "$pictures" "${suites[@]}"
