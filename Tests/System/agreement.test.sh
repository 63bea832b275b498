#!/bin/bash
# What is promised changes under the running daemon and rewrites nothing (semantics §3.2): a month is judged by what was
# promised at its first committed instant, an exclusion admitted by the lead at its notice; a service whose paid time
# begins later, and a notice given later, by what is promised then. The ledger, a closed month and replay agree.
. "$(dirname "$0")/support.sh"

now() { date +%Y-%m-%dT%H:%M:%S.%3N%:z; }
hours() { date -d "+$1 hours" +%Y-%m-%dT%H:%M:%S%:z; }
recorded() { [ "$(ledger 'SELECT count(*) FROM agreement_records')" -eq "$1" ]; }
promise() { sed -i "s|^agreement: .*|agreement: {timezone: $zone, objective: $1, notice: {scheduled: $2, recurring_at_most: 48h}}|" "$config"; }
objective() { run_availd report --month "$month" | awk -F, -v id="$1" '$3 == id {print $4}'; }
# maintain FROM TO: announced now.
maintain() {
    run_availd exclusion add --category scheduled_maintenance --scope service:acme-web --from "$(hours "$1")" \
        --to "$(hours "$2")" --notice-at "$(now)" --evidence "mail to all"
}
status_of() { run_availd exclusion list --format json | python3 -c '
import json, sys
for exclusion in json.load(sys.stdin)["exclusions"]:
    if exclusion["id"] == sys.argv[1]:
        print("admitted" if exclusion["admitted"] else exclusion["refusal"])' "$1"; }

start_rsyslog
start_nginx
last=$(TZ=$zone date -d "$month-01 -1 day" +%Y-%m)
write_config "  - {id: acme-web, customer: acme, paid: [{from: 2020-01-01}], url: http://127.0.0.1:$port/}"

# The month before, of elsewhere: an hour of outage of a day, which is below 99 %.
first=$(TZ=$zone date -d "$last-10" +%s)
(echo "at,service,state"
for second in $(seq 0 1 3600); do
    state=up
    if [ "$second" -ge 600 ] && [ "$second" -lt 1200 ]; then state=down; fi
    echo "$(((first + second) * 1000)),acme-web,$state"
done) > "$work/last.csv"
start_daemon
run_availd import --samples "$work/last.csv" > "$work/import" 2>&1
recorded 1 || fail "the agreement is not recorded at the start"
eventually "some samples" sampled_since "$(now_ms)" 3
run_availd close --month "$last" > /dev/null
admitted=$(maintain 30 31)
equal "by the lead of then" "$(status_of "$admitted")" admitted
as_of=$(now)
run_availd report --month "$month" --as-of "$as_of" > "$work/before.csv"
run_availd report --month "$last" --as-of "$as_of" > "$work/last.before.csv"
equal "objective before" "$(objective acme-web)" 99

# Another objective and a longer lead.
promise 90 48h
kill -HUP "$daemon"
eventually "what is promised is recorded" recorded 2
eventually "some samples" sampled_since "$(now_ms)" 3
run_availd report --month "$month" --as-of "$as_of" | cmp - "$work/before.csv" || fail "the month was rewritten"
run_availd report --month "$last" --as-of "$as_of" | cmp - "$work/last.before.csv" || fail "last month was rewritten"
equal "objective of the running month" "$(objective acme-web)" 99
equal "the exclusion stays admitted" "$(status_of "$admitted")" admitted
refused=$(maintain 31 32 2> /dev/null)
status_of "$refused" | grep -q "^notice 30 h .* before the start, 48 h required$" \
    || fail "by the lead of now: $(status_of "$refused")"
run_availd close --month "$last" 2>&1 | grep -q "nothing has changed" || fail "a closed month was amended"
run_availd verify > /dev/null || fail "the statement is not what it was"

# A service whose paid time begins now is judged by what is promised now, and so is what comes after a restart.
sed -i "/acme-web/a\\  - {id: acme-new, customer: acme, paid: [{from: \"$(now)\"}], url: http://127.0.0.1:$port/}" "$config"
stop_daemon
start_daemon
eventually "both are seen" sampled_since "$(now_ms)" 4
recorded 2 || fail "what has not changed was recorded again"
equal "objective of the old one" "$(objective acme-web)" 99
equal "objective of the new one" "$(objective acme-new)" 90

# From files alone, whatever the configuration says.
as_of=$(now)
run_availd report --month "$month" --as-of "$as_of" > "$work/report.csv"
run_availd exclusion list --format csv > "$work/exclusions.csv"
run_availd rules list --format csv > "$work/rules.csv"
(echo "at,service,check,state"
ledger "SELECT at || ',' || service || ',' || check_id || ',' || CASE state WHEN 0 THEN 'up' WHEN 1 THEN 'down'
    ELSE 'unknown' END FROM samples JOIN series ON series.id = series") > "$work/samples.csv"
(echo "known_at,objective,notice_scheduled"
ledger "SELECT at || ',' || CASE number WHEN 1 THEN '99,24h' ELSE '90,48h' END FROM agreement_records") \
    > "$work/agreements.csv"
promise 50 1m
replay() {
    run_availd replay --samples "$work/samples.csv" --rules "$work/rules.csv" --exclusions "$work/exclusions.csv" \
        --month "$month" --as-of "$as_of" "$@"
}
replay --agreements "$work/agreements.csv" | cmp - "$work/report.csv" || fail "replay gives other digits"
replay | cmp -s - "$work/report.csv" && fail "without the file, the configuration counts for all time"
stop_daemon
