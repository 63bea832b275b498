#!/bin/bash
# Every test there is: the formatter's lint, the module graph, `swift test`, every small world, half a minute of fuzzing
# for each parser, the thread sanitizer, then the system tests on real parts.
#
#   Tests/run.sh                   all of it
#   Tests/run.sh --only NAME       one system test, Tests/System/NAME.test.sh
#
# Debian 12 with Swift; needs root, since the system tests mount, make namespaces and boot a guest. What is missing
# is installed. The last line is `N passed, M failed`, of the system tests; the status is 1 if anything failed.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
[ "$(id -u)" -eq 0 ] || exec sudo --preserve-env=PATH "$0" "$@"
# shellcheck source=examples/real-parts.sh
. examples/real-parts.sh

only=
case "${1:-} ${2:-}" in
    " ") ;;
    "--only "?*) only=$2 ;;
    *) echo "usage: Tests/run.sh [--only NAME]" >&2; exit 64 ;;
esac
if [ -n "$only" ] && [ ! -e "Tests/System/$only.test.sh" ]; then
    echo "run.sh: there is no Tests/System/$only.test.sh" >&2
    exit 64
fi

install_missing libcurl4-openssl-dev libc-ares-dev libsqlite3-dev pkg-config ca-certificates tzdata \
    nginx-light rsyslog exim4-daemon-light openssl sqlite3 python3 iproute2 mmdebstrap systemd-container shellcheck

failed_before=
if [ -z "$only" ]; then
    echo "== lint"
    swift format lint --strict -r Sources Tests Package.swift || failed_before=yes
    # A library and its readers share variables, which shellcheck follows one way only.
    shellcheck -S warning -e SC2034,SC2154 Tests/run.sh Tests/races.sh Tests/Fuzz/run.sh Tests/System/*.sh examples/*.sh systemd/install.sh .ci/run || failed_before=yes
    echo "== module graph"
    Tests/ArchitectureTests/module-graph.py --check || failed_before=yes
    echo "== swift test"
    swift test || failed_before=yes
    echo "== small worlds"
    swift build -c release --product small-worlds
    "$(swift build -c release --show-bin-path)/small-worlds" || failed_before=yes
    # Half a minute for each parser, two at a time: about five minutes. What is found is printed, to be mended and kept;
    # it is luck when, so it is not held against the change at hand. What is kept is replayed by `swift test`.
    echo "== fuzzing"
    AVAILD_FUZZ_SEED=1 Tests/Fuzz/run.sh 30 || echo "the fuzzers have found something: mend it, and keep the input"
    echo "== races"
    Tests/races.sh || failed_before=yes
fi

echo "== system tests"
swift build --product availd
AVAILD="$(swift build --show-bin-path)/availd"
export AVAILD
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0
for test in Tests/System/${only:-*}.test.sh; do
    name=$(basename "$test" .test.sh)
    began=$SECONDS
    if bash "$test" > "$log" 2>&1; then
        echo "ok $name ($((SECONDS - began)) s)"
        passed=$((passed + 1))
    else
        echo "FAILED $name ($((SECONDS - began)) s)"
        tail -n 60 "$log" | sed 's/^/    /'
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ -z "$failed_before" ]
