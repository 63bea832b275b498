#!/bin/bash
# The ledger goes away: its directory is moved under the running daemon, it is unlinked, its log is, its lock is; and it
# is missing, or empty, at a start. Nothing is lost without a word, and no command makes it worse.
. "$(dirname "$0")/support.sh"

write_config
start_nginx
start_rsyslog

state=$work/state
kept() { sqlite3 -readonly "$state/ledger.sqlite" 'SELECT count(*) FROM samples'; }
gaps() { ledger 'SELECT count(*) FROM (SELECT at - lag(at) OVER (ORDER BY at) AS passed FROM samples) WHERE passed > 2500'; }

# The directory is moved, and comes back: one line each, and no sample is missing.
start_daemon
eventually "the service is up" state_is up
mv "$state" "$work/elsewhere"
eventually "measurement_lost" counted measurement_lost 1
equal "its fault" "$(field measurement_lost fault)" ledger
contains "$work/syslog.log" "the state directory was moved or removed while it is open; put it back: a restart of availd would begin a new ledger"
lost=$(now_ms)
eventually "3 s pass" is_past $((lost + 3000))
mv "$work/elsewhere" "$state"
eventually "measurement_restored" counted measurement_restored 1
restored=$(now_ms)
eventually "samples go on" sampled_since "$restored" 2
equal "gaps" "$(gaps)" 0

# Moved again, stopped, and started once it is back: what was seen meanwhile was kept in the folder that was moved.
mv "$state" "$work/elsewhere"
eventually "measurement_lost" counted measurement_lost 2
lost=$(now_ms)
eventually "2 s pass" is_past $((lost + 2000))
stop_daemon TERM 74
contains "$daemon_log" "samples are kept in $state/unrecorded-samples, for the next start"
mv "$work/elsewhere" "$state"
start_daemon
eventually "measurement_restored" counted measurement_restored 2
between "samples of that time" "$(ledger "SELECT count(*) FROM samples WHERE at BETWEEN $lost AND $((lost + 2000))")" 1 3
equal "what was read of the file" "$(ledger "SELECT count(*) FROM daemon_events WHERE kind = 'spill_read'")" 1

# The log is unlinked: what is committed is moved into the ledger at once, and at the stop all is there.
rm "$state/ledger.sqlite-wal"
eventually "measurement_lost" counted measurement_lost 3
contains "$work/syslog.log" "ledger.sqlite-wal: it was removed while the ledger is open"
stop_daemon TERM 74
start_daemon
eventually "measurement_restored" counted measurement_restored 3
exits 0 run_availd verify

# The lock is unlinked: it is taken again.
rm "$state/availd.lock"
removed=$(now_ms)
eventually "samples go on" sampled_since "$removed" 2
eventually "the lock is there" test -e "$state/availd.lock"
exits 69 run_availd run
contains "$work/err" "pid $daemon"

# The ledger is unlinked. What it had is gone with the process, and is restored from a backup; the daemon says how much
# is missing. What was seen since it was unlinked is not.
mkdir "$work/backup"
sqlite3 "$state/ledger.sqlite" ".backup $work/backup/ledger.sqlite"
backed=$(now_ms)
eventually "more samples" sampled_since "$backed" 3
rm "$state/ledger.sqlite"
eventually "measurement_lost" counted measurement_lost 4
contains "$work/syslog.log" "the ledger was moved or removed while it is open"
lost=$(now_ms)
eventually "2 s pass" is_past $((lost + 2000))
stop_daemon TERM 74
sha256sum "$state"/* > "$work/before"
for command in run "run --new-ledger" status verify "report --month $month" "exclusion list"; do
    # shellcheck disable=SC2086
    exits 66 run_availd $command
    contains "$work/err" "there is no ledger here, and there was one, by availd.lock, high-water-mark" "--new-ledger"
done
sha256sum --quiet -c "$work/before" || fail "a command has changed something"
rm "$state/ledger.sqlite-wal" "$state/ledger.sqlite-shm"
cp "$work/backup/ledger.sqlite" "$state/"
exits 1 run_availd verify
contains "$work/out" "damage: ledger: it is behind its high-water mark: "
exits 65 run_availd exclusion add --category third_party --scope all --evidence x \
    --from "$(rfc3339 $((lost - 2000)))" --to "$(rfc3339 "$lost")"
contains "$work/err" "it is behind its high-water mark" "start the daemon"
start_daemon
eventually "what is missing is said" eval 'grep -q "event=measurement_lost.*it is behind its high-water mark: [0-9]* commits are missing, with [0-9]* samples" "$work/syslog.log"'
eventually "what was seen since is read" sampled_since $((lost + 500)) 2
between "samples of that time" "$(ledger "SELECT count(*) FROM samples WHERE at BETWEEN $lost AND $((lost + 2000))")" 1 3
exits 1 run_availd verify
contains "$work/out" "damage: ledger: found at "

# An empty ledger beside its log: no command touches either, and the backup with the log beside it has all.
sqlite3 "$state/ledger.sqlite" ".backup $work/backup/new.sqlite"
backed=$(now_ms)
eventually "more samples" sampled_since "$backed" 3
stop_daemon KILL
cp "$state/ledger.sqlite-wal" "$work/log"
marked=$(grep -a '^samples' "$state/high-water-mark" | sort -V | tail -n 1 | cut -d ' ' -f 2)
: > "$state/ledger.sqlite"
exits 1 run_availd verify
contains "$work/out" "it is empty, and $(stat -c %s "$work/log") bytes of its log are beside it"
for command in run "run --new-ledger" status "report --month $month" "exclusion list" "close --month 2020-01"; do
    # shellcheck disable=SC2086
    exits 65 run_availd $command
    contains "$work/err" "it is empty, and"
done
cmp "$work/log" "$state/ledger.sqlite-wal" || fail "the log was changed"
mkdir "$work/rescue"
cp "$work/backup/new.sqlite" "$work/rescue/ledger.sqlite"
cp "$work/log" "$work/rescue/ledger.sqlite-wal"
equal "its integrity" "$(sqlite3 "$work/rescue/ledger.sqlite" 'PRAGMA integrity_check')" ok
equal "its samples" "$(sqlite3 "$work/rescue/ledger.sqlite" 'SELECT samples FROM position')" "$marked"
rm "$state/ledger.sqlite" "$state/ledger.sqlite-wal" "$state/ledger.sqlite-shm"
cp "$work/rescue/ledger.sqlite" "$state/"
said=$(count measurement_lost)
start_daemon
stop_daemon
equal "measurement_lost" "$(count measurement_lost)" "$said"

# Whoever means it begins anew.
rm "$state"/ledger.sqlite*
exits 66 run_availd run
(with_our_syslog "$availd" run --config "$config" --new-ledger) 2> "$daemon_log" &
daemon=$!
started_pids+=("$daemon")
eventually "the daemon watches" grep -q watching "$daemon_log"
eventually "samples" sampled_since 0 1
stop_daemon
exits 0 run_availd verify
