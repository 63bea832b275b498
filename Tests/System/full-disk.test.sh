#!/bin/bash
# The disk of the state directory is full: operators are told once, the daemon lives on, and when there is room again
# what it has seen meanwhile is recorded.
. "$(dirname "$0")/support.sh"

write_config
mkdir "$work/disk"
mount -t tmpfs -o size=4m full-disk-test "$work/disk"
sed -i "s|^state_directory:.*|state_directory: $work/disk/state|" "$config"
ln -s "$work/disk/state" "$work/state"
start_nginx
start_rsyslog
start_daemon
eventually "the service is up" state_is up

fill() { cat /dev/zero > "$work/disk/fill" 2> /dev/null || true; }
fill
filled=$(now_ms)
# The ledger goes on in what it has already reserved, as long as that lasts.
eventually "measurement_lost" eval '[ "$(count measurement_lost)" -ge 1 ] || { fill; false; }'
contains "$daemon_log" "nothing is recorded" "no space left"
lost=$(now_ms)
equal "its severity" "$(severity measurement_lost)" err
equal "its fault" "$(field measurement_lost fault)" ledger
eventually "5 s pass without room" is_past $((lost + 5000))
kill -0 "$daemon" || fail "the daemon has ended"

rm "$work/disk/fill"
restored=$(now_ms)
eventually "measurement_restored" counted measurement_restored 1
eventually "samples go on" sampled_since "$restored" 3
stop_daemon
equal "measurement_lost" "$(count measurement_lost)" 1
equal "measurement_restored" "$(count measurement_restored)" 1
equal "its severity" "$(severity measurement_restored)" notice
equal "alerts that wait" "$(waiting_alerts)" 0
equal "the ledger's integrity" "$(ledger 'PRAGMA integrity_check')" ok

# Nothing is missing of the time without room: up from the first sample on, without a gap.
between "samples while there was no room" \
    "$(ledger "SELECT count(*) FROM samples WHERE at BETWEEN $lost AND $restored")" 4 7
between "unmeasured spans, the month's beginning among them" "$(spans acme-web unmeasured)" 1 2
equal "spans of up" "$(spans acme-web up)" 1
[ "$filled" -le "$lost" ] || fail "the clock went back"
