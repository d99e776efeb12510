#!/usr/bin/env bash
# Deploys a web application again and again in one JVM under the agent's jar, while Redis comes and
# goes, and says whether anything of it stays: heap, metaspace, threads, open files, class loaders.
#
#   test-harness/soak.sh [MINUTES]     for how long (60)
#
# Needs what ./verify needs: redis-server.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'soak: %s\n' "$*" >&2; }

minutes=${1:-60}
case $minutes in
  '' | *[!0-9]* | 0) say "MINUTES is '$minutes'; it is a number from 1"; exit 2 ;;
esac
source .ci/maven.sh
need_maven

log=$(mktemp)
say "building, then for $minutes min; the log is $log"
failed=0
mvn -B -ntp -pl agent,sample-app,test-harness -am verify -Dtest=None -Dit.test=SoakIT \
  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
  -Dlarder.soak.seconds=$((60 * minutes)) </dev/null >"$log" 2>&1 || failed=1

grep '^soak' "$log" | tail -n 12 || failed=1
if [ $failed = 1 ]; then
  grep -E 'ERROR' "$log" | head -20 >&2 || true
  say "FAILED: the log $log says what grew"
  exit 1
fi
rm -f "$log"
say "nothing grew"
