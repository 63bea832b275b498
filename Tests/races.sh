#!/bin/bash
# The tests of the daemon's parts with the thread sanitizer: what they do on several threads they do without a race.
#
#   Tests/races.sh [FILTER]    the tests whose names match FILTER; those of the daemon's parts without one
#
# The status is 1 if there is a race that Tests/races.supp does not explain, or if it takes longer than 15 minutes. What
# a test itself says counts where it runs by itself: everything takes many times as long here, and some of them are about
# how long things take.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
work="$top/.build/races"
filter=${1:-MonitorTests|LedgerTests|ProbingTests|AlertingTests|MailTests}
log="$work.log"
mkdir -p "$top/.build"

# A tree of its own, as everything in it is compiled for the sanitizer.
swift build --package-path "$top" --scratch-path "$work" --build-tests --sanitize=thread > "$log" 2>&1 \
    || { tail -n 40 "$log" >&2; exit 1; }
status=0
TSAN_OPTIONS="suppressions=$top/Tests/races.supp" SWIFT_BACKTRACE=enable=no timeout -k 10 900 \
    swift test --package-path "$top" --scratch-path "$work" --skip-build --sanitize=thread --filter "$filter" \
    > "$log" 2>&1 < /dev/null || status=$?
if [ "$status" -eq 124 ]; then
    # `swift test` ends without the program that it has begun, which is of this tree alone.
    for id in $(pgrep -f "^$work/.*/availdPackageTests.xctest"); do kill "$id" || true; done
    echo "it takes too long" >&2
    exit 1
fi
ended=$(grep -aoE 'Test run with [0-9]+ tests' "$log" || true)
races=$(grep -ac 'WARNING: ThreadSanitizer' "$log" || true)
echo "${ended:-the tests broke off}, $races races"
grep -aA 40 'WARNING: ThreadSanitizer' "$log" | head -n 400 || true
[ "$races" -eq 0 ] && [ -n "$ended" ]
