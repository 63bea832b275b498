#!/bin/bash
# What the service manager is told, and when: READY=1 only with a ledger, RELOADING=1 with its instant, STOPPING=1,
# and signs of life in between.
. "$(dirname "$0")/support.sh"

write_config
start_nginx
start_rsyslog
told=$work/notify.log
python3 "$top/Tests/System/notify-listener.py" "$work/notify.socket" "$told" "$work/state/ledger.sqlite" &
started_pids+=($!)
eventually "the listener listens" test -S "$work/notify.socket"

# A ledger that cannot be made: no READY=1.
echo "in the way" > "$work/state"
exits 73 env NOTIFY_SOCKET="$work/notify.socket" "$availd" run --config "$config"
rm "$work/state"
equal "what a start without a ledger announces" "$(cat "$told")" ""

# `said KEY=VALUE`: the messages that have it.
said() { grep -E -- "(^|\|)$1(\||\$)" "$told"; }
times_said() { [ "$(said "$1" | wc -l)" -eq "$2" ]; }

start_daemon NOTIFY_SOCKET="$work/notify.socket" WATCHDOG_USEC=1000000
eventually "READY=1" times_said READY=1 1
said READY=1 > "$work/ready"
contains "$work/ready" "STATUS=watching 1 service by 1 check" "ledger=yes"
eventually "three signs of life" eval '[ "$(said WATCHDOG=1 | wc -l)" -ge 3 ]'

before=$(said WATCHDOG=1 | tail -n 1 | grep -oP 'received=\K\d+')
kill -HUP "$daemon"
eventually "READY=1 after RELOADING=1" times_said READY=1 2
equal "the order" "$(grep -oE 'READY=1|RELOADING=1' "$told" | tr '\n' ' ')" "READY=1 RELOADING=1 READY=1 "
reloading=$(said RELOADING=1)
instant=$(grep -oP 'MONOTONIC_USEC=\K\d+' <<< "$reloading")
between "MONOTONIC_USEC" "$instant" "$before" "$(grep -oP 'received=\K\d+' <<< "$reloading")"

# A reload that is refused ends as well.
sed -i 's/objective: 99/objective: many/' "$config"
kill -HUP "$daemon"
eventually "READY=1 after a refused reload" times_said READY=1 3
stop_daemon
equal "STOPPING=1" "$(said STOPPING=1 | wc -l)" 1
equal "the last word of the protocol" \
    "$(grep -oE 'READY=1|RELOADING=1|STOPPING=1' "$told" | tail -n 1)" "STOPPING=1"
