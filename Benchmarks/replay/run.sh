#!/bin/bash
# `availd replay` on a month of samples, beside a bare C loop that only parses the same file: CPU seconds, ratio,
# and peak memory.
# usage: run.sh [SERVICES [SAMPLES]]     (100 services, 43200 samples each; at most 1000 services)
set -euo pipefail
services=${1:-100} samples=${2:-43200}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cc -O2 -Wall -Wextra -o "$work/scan" "$here/scan.c"
swift build --package-path "$root" -c release --product availd >&2
availd="$(swift build --package-path "$root" -c release --show-bin-path)/availd"

"$work/scan" make "$services" "$samples" > "$work/samples.csv"
{
    echo "agreement: {timezone: Asia/Ho_Chi_Minh}"
    echo "customers: [{id: acme}]"
    echo "services:"
    for ((i = 0; i < services; i++)); do
        printf '  - {id: s%03d, customer: acme, paid: [{from: 2026-01-01}], url: "http://s%d.example/"}\n' "$i" "$i"
    done
} > "$work/availd.yaml"

echo "$services services, $samples samples each, $(stat -c %s "$work/samples.csv") bytes"
# The CPU time of the children that have ended.
child_ticks() { awk '{ print $16 + $17 }' "/proc/$$/stat"; }

echo "run  C s   availd s  ratio  availd MiB"
for run in 1 2 3; do
    c=$("$work/scan" read "$work/samples.csv" 2> /dev/null)
    before=$(child_ticks)
    "$availd" replay --config "$work/availd.yaml" --samples "$work/samples.csv" --month 2026-10 > "$work/report.csv" &
    pid=$!
    peak=0
    # The kernel's own record of the peak, as long as the process is there to ask.
    while now=$(awk '/VmHWM/ { print $2 }' "/proc/$pid/status" 2> /dev/null) && [ -n "$now" ]; do
        peak=$now
        sleep 0.05
    done
    wait "$pid"
    echo "$run $c $(($(child_ticks) - before)) $peak" | awk -v tick="$(getconf CLK_TCK)" \
        '{ printf "%-4s %-5s %-9.2f %-6.1f %.0f\n", $1, $2, $3 / tick, $3 / tick / $2, $4 / 1024 }'
done
