#!/bin/bash
# The daemon with many HTTP services on loopback: slots missed, samples kept, memory at 1, 5 and 10 minutes, and
# CPU per probe beside a bare C libcurl loop in the same run.
# usage: run.sh [SERVICES [INTERVAL_S [MINUTES]]]     (1000 services, 10 s, 10 minutes)
set -euo pipefail
services=${1:-1000} interval=${2:-10} minutes=${3:-10}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source=examples/real-parts.sh
. "$root/examples/real-parts.sh"
install_missing libcurl4-openssl-dev libc-ares-dev libidn2-dev libpcre2-dev zlib1g-dev libbrotli-dev libzstd-dev \
    libsqlite3-dev libyaml-dev nginx-light gcc sqlite3

work=$(mktemp -d)
port=$(free_port)
finish() { end_real_parts; rm -rf "$work"; }
trap finish EXIT

cc -O2 -Wall -Wextra -o "$work/loop" "$root/Benchmarks/probe-loop/loop.c" -lcurl
swift build --package-path "$root" -c release --product availd >&2
availd="$(swift build --package-path "$root" -c release --show-bin-path)/availd"

{
    echo "agreement: {timezone: Asia/Ho_Chi_Minh}"
    echo "defaults: {interval: ${interval}s}"
    echo "customers: [{id: acme}]"
    echo "probing: {allow_addresses: [127.0.0.0/8]}"
    echo "state_directory: $work/state"
    echo "services:"
    for ((i = 0; i < services; i++)); do
        echo "  - {id: s$i, customer: acme, paid: [{from: 2026-01-01}], url: 'http://127.0.0.1:$port/'}"
    done
} > "$work/availd.yaml"

start_nginx
"$availd" run --config "$work/availd.yaml" 2> "$work/availd.log" &
daemon=$!
started_pids+=("$daemon")
wait_for 60 grep -q watching "$work/availd.log"

ticks() { awk '{ print $14 + $15 }' "/proc/$daemon/stat"; }
rss_kib() { awk '/VmRSS/ { print $2 }' "/proc/$daemon/status"; }
began=$(date +%s%3N)
ticks_before=$(ticks)
for ((minute = 1; minute <= minutes; minute++)); do
    sleep 60
    case $minute in 1 | 5 | 10 | "$minutes") echo "RSS after $minute min: $(rss_kib) KiB" ;; esac
done
ended=$(date +%s%3N)
ticks_after=$(ticks)
kill -TERM "$daemon"
wait "$daemon"

count() { sqlite3 -readonly "$work/state/ledger.sqlite" "$1"; }
samples=$(count "SELECT count(*) FROM samples WHERE at >= $began AND at < $ended")
unknown=$(count "SELECT count(*) FROM samples WHERE state = 2")
expected=$((services * (ended - began) / (interval * 1000)))
# The longest time from one sample of a check to its next, over the interval: how late a probe ever was.
late=$(count "SELECT max(gap) - $interval * 1000 FROM (
    SELECT at - lag(at) OVER (PARTITION BY series ORDER BY at) AS gap FROM samples)")
cpu_us=$(((ticks_after - ticks_before) * 1000000 / $(getconf CLK_TCK) / samples))
rate=$((services / interval > 0 ? services / interval : 1))
echo "samples kept: $samples, expected: $expected (±$services at the edges)"
echo "samples unknown (missed slots among them): $unknown"
echo "latest probe: $late ms behind its slot"
echo "CPU per probe, daemon with ledger and figures: $cpu_us µs"
# The same probes at the same pace, each alone on the machine as the daemon's are, and then as fast as they go.
url=http://127.0.0.1:$port/
echo "CPU per probe, bare C loop, $rate a second: $("$work/loop" "$url" "127.0.0.1:$port" $((rate * 30)) 1 "$rate") µs"
for run in 1 2 3; do
    echo "CPU per probe, bare C loop, 50 at a time, run $run: $("$work/loop" "$url" "127.0.0.1:$port" 20000 50) µs"
done
cat "$work/availd.log"
