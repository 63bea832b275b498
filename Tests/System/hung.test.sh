#!/bin/bash
# Services that accept and never answer are down from the first probe on, whatever their interval, and never unknown;
# their neighbours that answer, also late, or that refuse are what they are.
#
#   hung      ↓──↓──↓──↓──↓   one outage, from the first sample to the last
#   slow      ↑──↑──↑──↑──↑   answers after 60 % of its timeout
#
# HUNG_SECONDS is how long the daemon watches.
. "$(dirname "$0")/load.sh"

seconds=${HUNG_SECONDS:-75}
make_certificates

# group NAME SETTINGS: three that hang, in the words of three protocols.
group() {
    add_service "hung-$1-http" acme http://127.0.1.1:8000/ "$2"
    add_service "hung-$1-https" beta https://127.0.1.1:8000/ "$2"
    add_service "hung-$1-smtp" gamma smtp://127.0.1.1:8000 "$2"
}
for interval in 1 2 5 10; do
    group "$interval-default" "interval: ${interval}s"
    group "$interval-whole" "interval: ${interval}s, timeout: ${interval}s"
done
for interval in 25 30; do group "$interval-default" "interval: ${interval}s, timeout: 10s, retry_interval: 10s"; done
# A slow one for each, after 60 % of its timeout.
lines="hang 127.0.1.1 8000
good 127.0.2.1 8000
good 127.0.2.1 8443 certificate=$work/peer.pem"
for interval in 1 2 5 10; do
    tenths=$((interval * 6))
    delay=$((tenths / 10)).$((tenths % 10))
    lines+=$'\n'"slow 127.0.2.1 $((9000 + interval)) delay=$delay"
    lines+=$'\n'"slow 127.0.2.1 $((9100 + interval)) delay=$delay certificate=$work/peer.pem"
    for number in 1 2 3; do
        timing="interval: ${interval}s, timeout: ${interval}s"
        id=slow-$interval-$number
        add_service "$id" acme "http://127.0.2.1:$((9000 + interval))/$id" "$timing"
        add_service "$id-tls" acme "https://127.0.2.1:$((9100 + interval))/$id-tls" "$timing"
        id=good-$interval-$number
        add_service "$id" acme "http://127.0.2.1:8000/$id" "interval: ${interval}s"
        add_service "$id-tls" beta "https://127.0.2.1:8443/$id-tls" "interval: ${interval}s"
        add_service "refusing-$interval-$number" acme "http://127.0.2.1:1/" "interval: ${interval}s"
    done
done
write_load_config
start_peers bad "$(grep hang <<< "$lines")"
start_peers other "$(grep -v hang <<< "$lines")"
start_rsyslog
watch
sleep "$seconds"
stop_watching "hung"
stop_peers other

rules=()
for interval in 1 2 5 10; do
    ms=${interval}000
    rules+=("good-$interval-* interval=$ms state=up arrive=1000"
        "slow-$interval-* interval=$ms state=up takes=$((interval * 600)) arrive=1000 total=$ms"
        "refusing-$interval-* interval=$ms state=down"
        # While one is waited for, the next due time may pass.
        "hung-$interval-* interval=$ms state=down takes=$ms late=$((ms + 1000))")
done
rules+=("hung-25-* interval=25000 state=down takes=10000 late=11000"
    "hung-30-* interval=30000 state=down takes=10000 late=11000")
judge "${rules[@]}"
expect "measurement_lost" "$(count measurement_lost)" 0
expect "good and slow ones that were said to be down" \
    "$(grep -cE 'event=service_down service=(good|slow)-' "$work/syslog.log" || true)" 0

# As of its last sample, each has one outage, which began with its first sample, and nothing else was measured.
outages=0
while IFS='|' read -r service first last; do
    run_availd explain "$service" --month "$month" --as-of "$(rfc3339 "$last")" > "$work/explain" 2>&1 || true
    down=$(((last - first) / 1000)).$(printf %03d $(((last - first) % 1000)))
    outage="  $(rfc3339 "$first") to $(rfc3339 "$last"), "
    found=$(sed -n '/^Outages/,/^$/p' "$work/explain" | sed '1d;$d;s/, .*: all of it counts as down$/, /')
    if [[ $(grep '^up ' "$work/explain") == "up 0.000 s + down $down s + "* ]] &&
        grep -qF 'availability 0.0000 %,' "$work/explain" && [ "$found" = "$outage" ]; then
        outages=$((outages + 1))
    elif [ -z "${shown:-}" ]; then
        echo "  $service, whose first sample was at $(rfc3339 "$first"):"
        head -n 40 "$work/explain"
        shown=yes
    fi
done < <(sqlite3 "$work/kept.sqlite" "SELECT service, min(at), max(at) FROM samples JOIN series ON series = id
    WHERE service LIKE 'hung-%' GROUP BY service")
echo "  $outages hung services have one outage from their first sample to their last"
expect "hung services with one whole outage" "$outages" 30

# The report says the same of what was measured.
run_availd report --month "$month" > "$work/report.csv"
expect "hung services with an availability of 0" \
    "$(cut -d , -f 3,5 "$work/report.csv" | grep -cE '^hung-.*,0\.0000$' || true)" 30
expect "services with an availability of 100" \
    "$(cut -d , -f 3,5 "$work/report.csv" | grep -cE '^(good|slow)-.*,100\.0000$' || true)" 48
conclude
