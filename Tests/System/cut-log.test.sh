#!/bin/bash
# Somebody writes into the write-ahead log, or its index, under the running daemon: what was in the ledger's file stays
# there, also when the daemon is told to stop, and what is missing is said and recorded.
. "$(dirname "$0")/support.sh"

write_config
start_nginx
start_rsyslog
state=$work/state
log=$state/ledger.sqlite-wal

digest() { sha256sum "$1" | cut -d ' ' -f 1; }
recorded() { ledger "SELECT count(*) FROM daemon_events WHERE kind = '$1'"; }

# watch: a daemon that has moved samples into the file before, and has others in the log.
watch() {
    start_daemon
    eventually "samples" sampled_since "$(now_ms)" 2
    stop_daemon
    start_daemon
    eventually "samples go on" sampled_since "$(now_ms)" 2
}

# Emptied, cut, written over with an earlier state, and with what is none.
losses=0
for how in 'truncate -s 0 "$log"' 'truncate -s 9000 "$log"' 'cp "$work/earlier" "$log"' 'head -c 90000 /dev/urandom > "$log"'; do
    watch
    cp "$log" "$work/earlier"
    eventually "samples go on" sampled_since "$(now_ms)" 2
    before=$(digest "$state/ledger.sqlite")
    eval "$how"
    losses=$((losses + 1))
    eventually "measurement_lost" counted measurement_lost $losses "ledger.sqlite-wal: damaged: it was "
    lost=$(now_ms)
    eventually "2 s pass" is_past $((lost + 2000))
    stop_daemon TERM 74
    contains "$daemon_log" "samples are kept in $state/unrecorded-samples"
    equal "the ledger's file, $how" "$(digest "$state/ledger.sqlite")" "$before"
    start_daemon
    eventually "measurement_restored" counted measurement_restored $losses
    eventually "it is recorded" eval '[ "$(recorded ledger_behind)" -eq "$losses" ]'
    equal "the daemon's voids" "$(ledger "SELECT count(*) FROM corrections WHERE recorded_by = 'availd'")" $losses
    equal "the ledger's integrity" "$(ledger 'PRAGMA integrity_check')" ok
    stop_daemon
done
equal "what is missing is said" "$(count measurement_lost "missing, with")" $losses

# Removed, or another file in its place: what is open is moved into the ledger, and nothing is lost.
for how in 'rm "$log"' 'cp "$work/earlier" "$work/other"; mv "$work/other" "$log"'; do
    watch
    changed=$(now_ms)
    eventually "samples go on" sampled_since "$changed" 2
    eval "$how"
    losses=$((losses + 1))
    eventually "measurement_lost" counted measurement_lost $((losses - 4)) "ledger.sqlite-wal: it was removed"
    stop_daemon TERM 74
    start_daemon
    eventually "measurement_restored" counted measurement_restored $losses
    eventually "what waited" sampled_since "$(now_ms)" 2
    equal "gaps, $how" "$(ledger "SELECT count(*) FROM (SELECT at, at - lag(at) OVER (ORDER BY at) AS passed FROM samples
        WHERE at >= $changed) WHERE passed > 4000")" 0
    stop_daemon
done
equal "losses" "$(recorded ledger_behind)" 4

# The index: emptied, it is made anew at once; removed, a restart makes it.
watch
truncate -s 0 "$state/ledger.sqlite-shm"
eventually "samples go on" sampled_since "$(now_ms)" 3
equal "measurement_restored" "$(count measurement_restored)" $losses
rm "$state/ledger.sqlite-shm"
losses=$((losses + 1))
eventually "measurement_lost" counted measurement_lost 1 "ledger.sqlite-shm: it was removed"
exits 0 run_availd exclusion add --category third_party --scope all --evidence x --id E1 \
    --from "$(rfc3339 $(($(now_ms) - 60000)))" --to "$(rfc3339 "$(now_ms)")"
stop_daemon TERM 74
start_daemon
eventually "measurement_restored" counted measurement_restored $losses
equal "the exclusion" "$(ledger 'SELECT count(*) FROM exclusions')" 1
equal "losses" "$(recorded ledger_behind)" 4
equal "the ledger's integrity" "$(ledger 'PRAGMA integrity_check')" ok
stop_daemon
