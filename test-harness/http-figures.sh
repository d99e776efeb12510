#!/usr/bin/env bash
# Measures what the agent does to a web application's answers, as ratios to the same application
# without it: stored responses, misses, tags, and requests that no rule matches.
#
#   test-harness/http-figures.sh [PAIRS]     PAIRS of rounds for each line (7)
#
# Needs what `mvn package` leaves: the agent's jar and the jars of Tomcat 10.1
# and Spring MVC.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'http-figures: %s\n' "$*" >&2; }

pairs=${1:-7}
case $pairs in
  '' | *[!0-9]* | 0) say "PAIRS is '$pairs'; it is a number from 1"; exit 2 ;;
esac

java=java
if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; fi
libraries=test-harness/web-libraries/target/boot-3
for built in agent/target/larder-agent.jar "$libraries"; do
  if [ ! -e "$built" ]; then
    say "there is no $built; build it: mvn -pl agent,test-harness/web-libraries -am package -DskipTests"
    exit 1
  fi
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
(cd "$scratch" && "${java%java}jar" xf "$OLDPWD/agent/target/larder-agent.jar" dev/larder/isolated.jar)

"$java" -cp "$scratch/dev/larder/isolated.jar" test-harness/src/figures/java/HttpFigures.java \
  "$pairs" "$libraries"
