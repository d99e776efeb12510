#!/usr/bin/env bash
# Brings bad days on real servers while an application calls its cached methods on sixteen threads,
# and prints what the application noticed as the table of docs/reliability.md.
#
#   test-harness/faults.sh [SECONDS] [JDK]     how long each fault lasts (5); 17 or 25, for all of them
#
# Needs what ./verify needs: redis-server and memcached, and libfaketime for clocks that jump.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'faults: %s\n' "$*" >&2; }

seconds=${1:-5}
case $seconds in
  '' | *[!0-9]* | 0) say "SECONDS is '$seconds'; it is a number from 1"; exit 2 ;;
esac
jdk=${2:-0}
case $jdk in
  0 | 17 | 25) ;;
  *) say "JDK is '$jdk'; it is 17 or 25"; exit 2 ;;
esac
source .ci/maven.sh
need_maven

table=test-harness/target/faults.md
rm -f "$table"
log=$(mktemp)
say "building, then each fault for $seconds s; the log is $log"
failed=0
mvn -B -ntp -pl agent,sample-app,test-harness -am verify -Dtest=None -Dit.test='*FaultsIT' \
  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
  -Dlarder.faults.seconds="$seconds" -Dlarder.faults.jdk="$jdk" </dev/null >"$log" 2>&1 || failed=1

cat <<'HEAD'
| fault | JDK | calls | errors | wrong | worst ms | p99 ms | machine ms | hits meanwhile | hits back s |
| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |
HEAD
cat "$table" || failed=1
if [ $failed = 1 ]; then
  grep -E 'ERROR' "$log" | head -20 >&2 || true
  say "FAILED: the log $log says which and why"
  exit 1
fi
rm -f "$log"
say "all held"
