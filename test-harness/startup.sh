#!/usr/bin/env bash
# Measures what the agent adds to an application's start, as ratios to the same start without it:
# an empty main that nothing matches, and the sample application up to its first answer, on a JDK 25
# also with an AOT cache; then what memory the agent takes in the sample application.
#
#   test-harness/startup.sh [RUNS]     RUNS starts of each kind (7); one more of each is left out
#
# Needs what `mvn package` leaves: the agent's jar and the sample application's. Measures on the JDK
# of JAVA_HOME or the path, and on a JDK 25: LARDER_JAVA_25, else the first in /usr/lib/jvm.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'startup: %s\n' "$*" >&2; }

runs=${1:-7}
case $runs in
  '' | *[!0-9]* | 0) say "RUNS is '$runs'; it is a number from 1"; exit 2 ;;
esac

java=java
if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; fi
for jar in agent/target/larder-agent.jar sample-app/target/larder-sample-app.jar; do
  if [ ! -f "$jar" ]; then
    say "there is no $jar; build it: mvn -pl agent,sample-app -am package -DskipTests"
    exit 1
  fi
done

jdks=("$(dirname "$(dirname "$(readlink -f "$(command -v "$java")")")")")
newer=${LARDER_JAVA_25:-}
for home in /usr/lib/jvm/*25*; do
  if [ -z "$newer" ] && [ -x "$home/bin/java" ]; then newer=$home; fi
done
if [ -n "$newer" ]; then
  jdks+=("$newer")
else
  say "there is no JDK 25 (LARDER_JAVA_25 names one); measured on one JDK alone"
fi

unset "${!LARDER_@}" # the agent would read them, and warn of what it does not know
exec "$java" test-harness/src/startup/java/Startup.java "$runs" "${jdks[@]}"
