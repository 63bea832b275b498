#!/bin/bash
# A configuration that changes under the running daemon rewrites nothing of the past (semantics §3.2): a check that is
# added counts from its first sample, one that leaves while it is down leaves a hole and not a clean month, and the
# history is the same in the ledger, after a restart, and in replay of its file.
. "$(dirname "$0")/support.sh"

web() { echo "{id: web, url: \"http://127.0.0.1:$port/\"}"; }
dead() { echo "{id: dead, url: \"tcp://127.0.0.1:$1\"}"; }
service() {
    echo "  - {id: acme-web, customer: acme, paid: [{from: $month-01}], mode: ${2:-all}, interval: ${3:-1s}, checks: [$1]}"
}
# reload RECORDS: until the ledger has that many records of the service.
reload() {
    kill -HUP "$daemon"
    eventually "what is new is recorded" recorded "$1"
}
recorded() { [ "$(ledger 'SELECT count(*) FROM service_records')" -eq "$1" ]; }
down_s() { run_availd report --month "$month" --format json --as-of "$1" | grep -oP '"down_s" *: *\K[0-9.]+' | head -n 1; }
now() { date +%Y-%m-%dT%H:%M:%S.%3N%:z; }
rules() { run_availd rules list acme-web --format csv; }

start_rsyslog
start_nginx
free=$(free_port)

# One check, up; then a second one that nothing answers.
write_config "$(service "$(web)")"
start_daemon
eventually "some samples" sampled_since "$(now_ms)" 4
state_is up || fail "it is not up"
equal "down spans of one check" "$(spans acme-web down)" 0
write_config "$(service "$(web), $(dead "$free")")"
reload 2
eventually "it is down" state_is down
eventually "the outage lasts" sampled_since "$(now_ms)" 4
# What was before the check was added stays up.
run_availd explain acme-web --month "$month" > "$work/explain"
first_down=$(grep -nE '^[0-9].* down ' "$work/explain" | head -n 1 | cut -d: -f1)
first_up=$(grep -nE '^[0-9].* up ' "$work/explain" | head -n 1 | cut -d: -f1)
[ "$first_up" -lt "$first_down" ] || fail "the past was rewritten: $(cat "$work/explain")"

# The check leaves while it is down: unmeasured from then on, never up, and never down longer.
write_config "$(service "$(web)")"
reload 3
eventually "a hole" state_is unmeasured
left=$(now)
down=$(down_s "$left")
eventually "time passes" sampled_since "$(now_ms)" 6
equal "downtime after the check left" "$(down_s "$(now)")" "$down"
state_is unmeasured || fail "the outage was ended by a setting"

# A restart finds the same.
stop_daemon
start_daemon
eventually "it is watched again" sampled_since "$(now_ms)" 3
state_is unmeasured || fail "the hole was forgotten by a restart"
equal "downtime after a restart" "$(down_s "$(now)")" "$down"

# Back, and answered: the service is up from its first sample on, by the old mode, and the new interval is of today.
python3 -m http.server --bind 127.0.0.1 "$free" > /dev/null 2>&1 &
started_pids+=($!)
eventually "the second one answers" listens "$free"
write_config "$(service "$(web), $(dead "$free")" any 2s)"
reload 4
eventually "it is up" state_is up
equal "rows of the history" "$(rules | grep -c acme-web)" 5
rules | grep -q ',true$\|,true.$' || fail "nothing says that the check left: $(rules)"

# The same digits from the files alone, whatever the configuration says.
as_of=$(now)
run_availd report --month "$month" --as-of "$as_of" > "$work/report.csv"
rules > "$work/rules.csv"
ledger "SELECT at || ',acme-web,' || check_id || ',' || CASE state WHEN 0 THEN 'up' WHEN 1 THEN 'down' ELSE 'unknown' END
    FROM samples JOIN series ON series.id = series" | (echo "at,service,check,state"; cat) > "$work/samples.csv"
write_config "$(service "$(web)" all 30s)"
run_availd replay --samples "$work/samples.csv" --rules "$work/rules.csv" --month "$month" --as-of "$as_of" \
    > "$work/replay.csv"
diff "$work/report.csv" "$work/replay.csv" || fail "replay of the history gives other digits"
stop_daemon
