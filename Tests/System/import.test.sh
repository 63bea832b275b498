#!/bin/bash
# History is imported while the daemon runs, which notices what it says of the running month; an import that is
# killed half-way shows, and goes on when it is given again.
. "$(dirname "$0")/support.sh"

write_config
start_nginx
start_rsyslog
start_daemon
eventually "the service is up" state_is up
equal "availability_below before" "$(count availability_below)" 0

# Five minutes of an outage that another monitor saw before this daemon was there.
began=$(($(now_ms) - 600000))
{
    printf 'at,service,state,cause\n'
    for second in $(seq 0 299); do printf '%s,acme-web,down,refused\n' $((began + second * 1000)); done
} > "$work/samples.csv"
exits 0 run_availd import --samples "$work/samples.csv" --by lan
contains "$work/err" "recorded 300 samples"
eventually "availability_below" counted availability_below 1
exits 0 run_availd import --samples "$work/samples.csv"
contains "$work/err" "nothing is written"

# Killed half-way: what is there stays, and the rest follows.
last_month=$(($(now_ms) - 40 * 86400000))
{
    printf 'at,service,state\n'
    seq 0 59999 | awk -v base="$last_month" '{ printf "%.0f,acme-web,up\n", base + $1 * 1000 }'
} > "$work/month.csv"
"$availd" import --samples "$work/month.csv" --config "$config" > "$work/half" 2>&1 &
half=$!
eventually "the import has begun" sh -c "'$availd' import list --config '$config' | grep -q interrupted"
kill -KILL "$half"
wait "$half" || true
exits 0 run_availd import list
contains "$work/out" interrupted
exits 0 run_availd import --samples "$work/month.csv"
exits 0 run_availd import list
equal "interrupted imports" "$(grep -c interrupted "$work/out" || true)" 0
equal "complete imports" "$(grep -c complete "$work/out")" 2

# The daemon lost nothing meanwhile.
equal "measurement_lost" "$(count measurement_lost)" 0
sampled_since "$(now_ms)" || eventually "it still probes" sampled_since "$(($(now_ms) - 5000))"
stop_daemon
