#!/bin/bash
# The disk refuses: no room at the very first start, a file system that is read-only, a quota. Each is called by its
# name, is waited out, and what was seen meanwhile is recorded: also over a stop.
. "$(dirname "$0")/support.sh"

write_config
mkdir "$work/disk"
mount -t tmpfs -o size=4m disk-errors-test "$work/disk"
sed -i "s|^state_directory:.*|state_directory: $work/disk/state|" "$config"
ln -s "$work/disk/state" "$work/state"
start_nginx
start_rsyslog
clang -shared -fPIC -O1 -Wall -Werror -o "$work/disk-errors.so" "$top/Tests/System/disk-errors.c" -ldl
order=$work/disk/order

fill() { cat /dev/zero > "$work/disk/fill" 2> /dev/null || true; }
gaps() { ledger 'SELECT count(*) FROM (SELECT at - lag(at) OVER (ORDER BY at) AS passed FROM samples) WHERE passed > 2500'; }

# No room at the very first start: it waits, says so, and probes; then it has all that it saw.
fill
start_daemon
eventually "measurement_lost" counted measurement_lost 1
equal "its severity" "$(severity measurement_lost)" err
contains "$work/syslog.log" "no space left on the disk (ENOSPC)"
contains "$daemon_log" "the ledger is waited for, and nothing is recorded" "without a ledger yet"
began=$(now_ms)
eventually "3 s pass without room" is_past $((began + 3000))
kill -0 "$daemon" || fail "the daemon has ended"
equal "what was made" "$(ls -A "$work/disk/state")" ""
rm "$work/disk/fill"
eventually "measurement_restored" counted measurement_restored 1
between "samples from before there was a ledger" "$(ledger "SELECT count(*) FROM samples WHERE at <= $began + 3000")" 2 6
eventually "samples go on" sampled_since "$(now_ms)" 2
equal "gaps" "$(gaps)" 0
equal "measurement_lost" "$(count measurement_lost)" 1
equal "alerts that wait" "$(waiting_alerts)" 0
stop_daemon
exits 0 run_availd verify

# The errors of the system, by their names; and the repair.
start_daemon LD_PRELOAD="$work/disk-errors.so" AVAILD_TEST_DISK="$order"
number=1
for error in "30 read-only: Read-only file system (EROFS)" "122 the disk quota is used up (EDQUOT)" \
    "5 input/output error"; do
    number=$((number + 1))
    echo "${error%% *}" > "$order"
    eventually "measurement_lost number $number" counted measurement_lost "$number"
    contains <(grep event=measurement_lost "$work/syslog.log" | tail -n 1) "${error#* }"
    rm "$order"
    eventually "measurement_restored number $number" counted measurement_restored "$number"
done
equal "gaps" "$(gaps)" 0
stop_daemon

# Nothing at all can be written, and it is told to stop, once with the ledger open and once while it is waited for: what
# waited and what was announced are kept in the runtime directory.
mkdir "$work/run"
lost=$(count measurement_lost)
for error in 30 122; do
    lost=$((lost + 1))
    start_daemon LD_PRELOAD="$work/disk-errors.so" AVAILD_TEST_DISK="$order" RUNTIME_DIRECTORY="$work/run"
    eventually "samples go on" sampled_since "$(now_ms)" 1
    echo $error > "$order"
    refused=$(now_ms)
    eventually "measurement_lost number $lost" counted measurement_lost $lost
    eventually "2 s pass" is_past $((refused + 2000))
    stop_daemon TERM 74
    contains "$daemon_log" "samples are kept in $work/run/unrecorded-samples, for the next start"
    start_daemon LD_PRELOAD="$work/disk-errors.so" AVAILD_TEST_DISK="$order" RUNTIME_DIRECTORY="$work/run"
    contains "$daemon_log" "the ledger is waited for, and nothing is recorded" "without a ledger yet"
    eventually "2 s pass" is_past $((refused + 5000))
    stop_daemon TERM 74
    rm "$order"
    start_daemon RUNTIME_DIRECTORY="$work/run"
    eventually "measurement_restored number $lost" counted measurement_restored $lost
    between "samples while nothing could be written" \
        "$(ledger "SELECT count(*) FROM samples WHERE at BETWEEN $refused AND $((refused + 5000))")" 3 6
    stop_daemon
    equal "measurement_lost" "$(count measurement_lost)" $lost
done

# Full, and told to stop: 74, and nothing is lost; told again before there is room, neither.
start_daemon
eventually "samples go on" sampled_since "$(now_ms)" 1
eventually "the ledger takes nothing" eval 'fill; grep -q "nothing is recorded" "$daemon_log"'
filled=$(now_ms)
eventually "2 s pass" is_past $((filled + 2000))
stop_daemon TERM 74
contains "$daemon_log" "the last samples are not recorded" "(ENOSPC)" "samples are kept in $work/disk/state/unrecorded-samples"
start_daemon
eventually "2 s pass" is_past $((filled + 4000))
stop_daemon TERM 74
rm "$work/disk/fill"
# Killed at once, and again: each sample comes once.
for _ in 1 2 3; do
    start_daemon
    stop_daemon KILL
done
start_daemon
eventually "the file is read" eval '[ "$(ledger "SELECT count(*) FROM daemon_events WHERE kind = '"'spill_read'"'")" -ge 2 ]'
between "samples while there was no room" \
    "$(ledger "SELECT count(*) FROM samples WHERE at BETWEEN $filled AND $((filled + 2000))")" 1 3
read -r all once < <(ledger "SELECT count(*) || ' ' || count(DISTINCT text) FROM daemon_events WHERE kind = 'spill_read'")
equal "what was read, and what was read once" "$all" "$once"
stop_daemon
exits 0 run_availd verify

# Another program holds the ledger, and the daemon is told to stop: it ends in time, and loses nothing.
start_daemon
eventually "samples go on" sampled_since "$(now_ms)" 1
python3 -c '
import sqlite3, sys, time
ledger = sqlite3.connect(sys.argv[1], isolation_level=None)
ledger.execute("BEGIN IMMEDIATE")
open(sys.argv[2], "w").close()
time.sleep(60)' "$work/disk/state/ledger.sqlite" "$work/held" &
holder=$!
started_pids+=("$holder")
eventually "the ledger is held" test -e "$work/held"
held=$(now_ms)
eventually "2 s pass" is_past $((held + 2000))
began=$(now_ms)
stop_daemon TERM 74
between "ms from SIGTERM to the end" $(($(now_ms) - began)) 0 5000
contains "$daemon_log" "samples are kept in $work/disk/state/unrecorded-samples"
end "$holder" KILL || true
start_daemon
eventually "samples go on" sampled_since "$(now_ms)" 2
between "samples while it was held" \
    "$(ledger "SELECT count(*) FROM samples WHERE at BETWEEN $held AND $((held + 2000))")" 1 3
stop_daemon
exits 0 run_availd verify

# Read-only at a start, which waits for it, and for a command.
mount -o remount,ro "$work/disk"
lost=$(count measurement_lost) restored=$(count measurement_restored)
start_daemon
contains "$daemon_log" "the ledger is waited for, and nothing is recorded" "read-only: Read-only file system (EROFS)"
eventually "measurement_lost" counted measurement_lost $((lost + 1))
exits 74 run_availd exclusion add --category third_party --scope all --evidence x \
    --from "$(rfc3339 "$filled")" --to "$(rfc3339 $((filled + 1000)))"
contains "$work/err" "read-only: "
exits 0 run_availd status
began=$(now_ms)
eventually "2 s pass" is_past $((began + 2000))
mount -o remount,rw "$work/disk"
# The daemon has mounts of its own, for its syslog.
nsenter --target "$daemon" --mount mount -o remount,rw "$work/disk"
eventually "measurement_restored" counted measurement_restored $((restored + 1))
between "samples while it was read-only" "$(ledger "SELECT count(*) FROM samples WHERE at BETWEEN $began AND $((began + 2000))")" 1 3
stop_daemon
