#!/bin/bash
# Every test there is: the formatter's lint, the module graph, `swift test`, every small world, a minute of fuzzing for
# each parser, the thread sanitizer, then the system tests on real parts.
#
#   Tests/run.sh                   all of it
#   Tests/run.sh --only NAME       one system test, Tests/System/NAME.test.sh
#
# Debian 12 with Swift; needs root, since the system tests mount, make namespaces and boot a guest. What is missing
# is installed. The end is `N passed, M failed`, of the system tests, then whatever failed, each with the end of what it
# said; the status is 1 if anything did.
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

install_missing libcurl4-openssl-dev libc-ares-dev libidn2-dev libpcre2-dev zlib1g-dev libbrotli-dev libzstd-dev \
    libsqlite3-dev libyaml-dev pkg-config ca-certificates tzdata \
    nginx-light rsyslog exim4-daemon-light openssl sqlite3 python3 iproute2 mmdebstrap systemd-container shellcheck

# What failed, for the end: whoever reads only the end of a long log finds it there.
failures=$(mktemp)
log=$(mktemp)
trap 'rm -f "$log" "$failures"' EXIT

# part NAME COMMAND ...: runs a part, says how long it took, and keeps the end of what it says where it fails.
part() {
    local name=$1 began=$SECONDS
    shift
    echo "== $name"
    "$@" 2>&1 | tee "$log" || {
        echo "FAILED: $name"
        { echo "FAILED: $name"; grep -aE '✘|error:|warning:|FAILED' "$log" | tail -n 40 || true; tail -n 15 "$log"; } >> "$failures"
    }
    echo "== $name took $((SECONDS - began)) s"
}

small_worlds() {
    swift build -c release --product small-worlds && "$(swift build -c release --show-bin-path)/small-worlds"
}

if [ -z "$only" ]; then
    part "lint" swift format lint --strict -r Sources Tests Package.swift
    # A library and its readers share variables, which shellcheck follows one way only.
    part "shellcheck" shellcheck -S warning -e SC2034,SC2154 Tests/run.sh Tests/races.sh Tests/Fuzz/run.sh Tests/System/*.sh \
        examples/*.sh systemd/install.sh .ci/run
    part "module graph" Tests/ArchitectureTests/module-graph.py --check
    part "swift test" swift test
    part "small worlds" small_worlds
    # A minute for each parser, four at a time: about five minutes. What is found is printed, to be mended and kept;
    # it is luck when, so it is not held against the change at hand. What is kept is replayed by `swift test`.
    echo "== fuzzing"
    AVAILD_FUZZ_SEED=1 Tests/Fuzz/run.sh 60 || echo "the fuzzers have found something: mend it, and keep the input"
    part "races" Tests/races.sh
fi

echo "== system tests"
swift build --product availd
AVAILD="$(swift build --show-bin-path)/availd"
export AVAILD
logs=$(mktemp -d)
trap 'rm -rf "$log" "$failures" "$logs"' EXIT

# system_test NAME: a line of how it went, and the end of what it said where it failed.
system_test() {
    local name=$1 began=$SECONDS status=passed
    bash "Tests/System/$name.test.sh" > "$logs/$name" 2>&1 || status=failed
    echo "$name" >> "$logs/$status"
    if [ "$status" = passed ]; then
        echo "ok $name ($((SECONDS - began)) s)"
    else
        echo "FAILED: $name ($((SECONDS - began)) s)"$'\n'"$(tail -n 60 "$logs/$name" | sed 's/^/    /')"
        { echo "FAILED: $name"; tail -n 40 "$logs/$name"; } >> "$failures"
    fi
}

# Who judges a load by the ms, and who boots a guest, has the machine alone. The others mostly wait: two at a time, the
# longest first.
alone=() beside=(sight)
for test in Tests/System/${only:-*}.test.sh; do
    name=$(basename "$test" .test.sh)
    if grep -qE '/load\.sh|mmdebstrap' "$test"; then
        alone+=("$name")
    elif [ "$name" != sight ]; then
        beside+=("$name")
    fi
done
[ -z "$only" ] || [ "$only" = sight ] || beside=("${beside[@]:1}")
for name in "${alone[@]}"; do system_test "$name"; done
running=0
for name in "${beside[@]}"; do
    if [ "$running" -eq 2 ]; then
        wait -n || true
        running=1
    fi
    system_test "$name" &
    running=$((running + 1))
done
wait
count() { if [ -e "$logs/$1" ]; then wc -l < "$logs/$1"; else echo 0; fi; }
echo "$(count passed) passed, $(count failed) failed"
[ -s "$failures" ] || exit 0
cat "$failures"
exit 1
