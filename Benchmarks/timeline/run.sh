#!/bin/bash
# The pure calculation beside Prometheus: a month's figures, and `avg_over_time` of the same samples, in the same
# run, each by the CPU time of its process. Both have the samples at hand: ours in arrays, Prometheus in the blocks of
# its own database, which it has read once before.
# usage: run.sh [SERVICES]     (each a month of a sample every 10 s; 10 unless given)
set -euo pipefail
services=${1:-10}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
for tool in prometheus promtool curl; do
    command -v "$tool" > /dev/null || { echo "$tool is missing: apt-get install prometheus curl" >&2; exit 69; }
done
work=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2> /dev/null || true
    rm -rf "$work"
}
trap finish EXIT

swift build --package-path "$root" -c release --product timeline-benchmark >&2
benchmark="$(swift build --package-path "$root" -c release --show-bin-path)/timeline-benchmark"
"$benchmark" openmetrics "$services" > "$work/samples.om"
promtool tsdb create-blocks-from openmetrics --max-block-duration=720h "$work/samples.om" "$work/data" > /dev/null
rm "$work/samples.om"

port=$((20000 + RANDOM % 20000))
echo "global: {}" > "$work/prometheus.yml"
prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" --storage.tsdb.retention.time=100y \
    --web.listen-address="127.0.0.1:$port" > "$work/log" 2>&1 &
server=$!
for _ in $(seq 300); do
    curl -sf "http://127.0.0.1:$port/-/ready" > /dev/null && break
    kill -0 "$server" 2> /dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.1
done

# Asks for QUERY at the end of the month; the sum of the answers goes to standard output.
ask() {
    curl -sf --get "http://127.0.0.1:$port/api/v1/query" --data-urlencode "query=sum($1)" \
        --data-urlencode "time=1790812790" | sed 's/.*"value":\[[^,]*,"\([^"]*\)".*/\1/'
}
ticks() { awk '{ print $14 + $15 }' "/proc/$server/stat"; }
count=$((services * 259200))
found=$(ask 'count_over_time(up[30d])')
[ "$found" = "$count" ] || { echo "Prometheus has $found samples of $count" >&2; exit 1; }

echo "run  Prometheus M/s  availd M/s  ratio"
for run in 1 2 3 4 5; do
    # Several in a row, since the kernel counts in hundredths of a second.
    before=$(ticks)
    for _ in 1 2 3 4 5; do ask 'avg_over_time(up[30d])' > /dev/null; done
    after=$(ticks)
    # The quickest of its three passes: the first also warms the caches.
    ours=$("$benchmark" "$services" | awk '{ if ($3 > best) best = $3 } END { print best }')
    echo "$run $((5 * count)) $((after - before)) $(getconf CLK_TCK) $ours" | awk '{
        theirs = $2 / ($3 / $4) / 1e6
        printf "%-4s %-15.1f %-11s %.1f\n", $1, theirs, $5, $5 / theirs
    }'
done
