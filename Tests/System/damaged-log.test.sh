#!/bin/bash
# The write-ahead log was damaged while nobody ran: SQLite reads up to the first bad frame, and calls it sound. The mark
# beside the ledger tells what is missing: verify says so, syslog does, and what follows the damage is kept.
. "$(dirname "$0")/support.sh"

write_config
start_nginx
start_rsyslog
state=$work/state

damage() {
    python3 -c '
import sys
path = sys.argv[1]
log = bytearray(open(path, "rb").read())
frames = (len(log) - 32) // 4120
log[32 + frames // 2 * 4120 + 100] ^= 0xFF
open(path, "wb").write(log)' "$state/ledger.sqlite-wal"
}

watch_for() {
    start_daemon
    local began
    began=$(now_ms)
    eventually "some samples" sampled_since "$began" "$1"
    stop_daemon KILL
}

# Killed: nothing is missing, whenever the kill came.
for _ in 1 2 3; do
    watch_for 1
    exits 0 run_availd verify
done

# A frame in the middle.
watch_for 8
before=$(grep -a '^samples' "$state/high-water-mark" | sort -V | tail -n 1 | cut -d ' ' -f 2)
damage
sha256sum "$state/ledger.sqlite-wal" | cut -d ' ' -f 1 > "$work/digest"
exits 1 run_availd verify
contains "$work/out" "ledger.sqlite: damaged" "damage: ledger: it is behind its high-water mark: "
missing=$(grep -oP 'missing, with \K[0-9]+(?= samples?)' "$work/out")
equal "samples" "$(ledger 'SELECT samples FROM position')" $((before - missing))
between "samples that are missing" "$missing" 1 "$before"
exits 1 run_availd verify --format json
contains "$work/out" '"severity"' "high-water mark"
start_daemon
eventually "measurement_lost" counted measurement_lost 1 "$missing sample"
eventually "measurement_restored" counted measurement_restored 1
equal "what was kept of the log" "$(sha256sum "$state"/ledger.sqlite-wal.behind-* | cut -d ' ' -f 1)" "$(cat "$work/digest")"
eventually "it is recorded" eval '[ "$(ledger "SELECT count(*) FROM daemon_events WHERE kind = '"'ledger_behind'"'")" -eq 1 ]'
equal "the daemon's void" "$(ledger "SELECT kind || ' ' || scope || ' ' || recorded_by FROM corrections")" 'void ["all"] availd'
equal "samples that are there behind its beginning" "$(ledger "
    SELECT count(*) FROM samples, corrections WHERE at >= start_at + 1000 AND at < end_at")" 0
stop_daemon
exits 1 run_availd verify
contains "$work/out" "damage: ledger: found at "

# It is said once.
start_daemon
eventually "samples go on" sampled_since "$(now_ms)" 2
stop_daemon KILL
equal "measurement_lost" "$(count measurement_lost)" 1

# All of the log is gone.
watch_for 3
rm "$state/ledger.sqlite-wal" "$state/ledger.sqlite-shm"
exits 1 run_availd verify
start_daemon
eventually "measurement_lost" counted measurement_lost 2
stop_daemon
