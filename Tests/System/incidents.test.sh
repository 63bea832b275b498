#!/bin/bash
# One outage of two services in one group is one incident. It is acknowledged, waits for the customer, goes on and is
# resolved, while the daemon runs and is restarted; its deadline, of seconds, is said to be near and to be over once.
#
#   nginx     up ──┐ stopped                           ┌─ up
#   incident       I1 opens   ack   wait ··· resume    │  resolve       I2, by hand
#   syslog            due │                       due  │  overdue       └ overdue ─ restart
. "$(dirname "$0")/support.sh"

write_config "\
  - {id: acme-web, customer: acme, groups: [rack-3], paid: [{from: $month-01}], url: http://127.0.0.1:$port/}
  - {id: beta-web, customer: beta, groups: [rack-3], paid: [{from: $month-01}], url: http://127.0.0.1:$port/}"
sed -i -e "s|^agreement: .*|agreement: {timezone: $zone, handling: {within: 24s, rest_day: 24s}}|" \
    -e 's/^customers: .*/customers: [{id: acme}, {id: beta}]/' "$config"
start_nginx
start_rsyslog
start_daemon
eventually "acme-web is up" state_is up acme-web
eventually "beta-web is up" state_is up beta-web
equal "incidents before any outage" "$(run_availd incident list --all --format csv | wc -l)" 1

# incident COLUMN [ID]: that column of the incident in the month's report.
incident() {
    run_availd report --month "$month" --incidents --format json | python3 -c '
import json, sys
rows = {row["id"]: row for row in json.load(sys.stdin)["incidents"]}
value = rows.get(sys.argv[2], {}).get(sys.argv[1])
print(" ".join(value) if isinstance(value, list) else "" if value is None else value)' "$1" "${2:-I1}"
}
has_recovered() { run_availd incident show I1 | grep -q "all services up again"; }
incident_is() { [ "$(incident "$1" "${3:-I1}")" = "$2" ]; }

# One fate, one incident, and the page at night says its number.
stop_nginx
eventually "service_down of both" counted service_down 2
eventually "both are in the incident" incident_is services "acme-web beta-web"
equal "incidents" "$(run_availd incident list --all --format csv | wc -l)" 2
equal "service_down with the incident's number" "$(count service_down 'incident=I1')" 2
since=$(grep -oP 'event=service_down .* since=\K[^ ]+' "$work/syslog.log" | while read -r at; do to_ms "$at"; done | sort | head -n 1)
equal "it opens with the first failed probe" "$(to_ms "$(incident opened_at)")" "$since"
exits 0 run_availd incident ack I1 --by lan
exits 65 run_availd incident ack I1 --by an
contains "$work/err" "it is acknowledged already, at " " by lan"

# Near its deadline: half of 24 s is left.
eventually "handling_due" counted handling_due 1
equal "severity of handling_due" "$(severity handling_due)" warning
equal "the incident of handling_due" "$(field handling_due incident)" I1
equal "the services of handling_due" "$(field handling_due services | tr , '\n' | sort | xargs)" "acme-web beta-web"
equal "the deadline, ms after the opening" $(($(to_ms "$(field handling_due deadline)") - since)) 24000

# It waits for longer than its deadline, over a restart, and is not over.
exits 0 run_availd incident wait I1 --reason "the error log, asked for by ticket 4711"
stop_daemon
start_daemon
eventually "the deadline it had has passed" is_past $((since + 26000))
eventually "a probe since" sampled_since $((since + 26000)) 4
equal "handling_overdue of one that waits" "$(count handling_overdue)" 0
equal "handling_due after a restart" "$(count handling_due)" 1
exits 0 run_availd incident resume I1
eventually "handling_due of the deadline that moved" counted handling_due 2
moved=$(to_ms "$(field handling_due deadline)")
between "the deadline that moved, ms" "$moved" $((since + 26000)) $((since + 120000))

# Up again is not handled: that takes a person.
start_nginx
eventually "both are up" counted service_up 2
eventually "the recovery is in the history" has_recovered
incident_is outcome acknowledged || fail "the recovery has ended the incident"
eventually "handling_overdue" counted handling_overdue 1
equal "severity of handling_overdue" "$(severity handling_overdue)" err
equal "its deadline" "$(to_ms "$(field handling_overdue deadline)")" "$moved"
exits 65 run_availd incident classify I1 out_of_scope
contains "$work/err" "the condition of W2"
exits 0 run_availd incident classify I1 warranty
exits 0 run_availd incident resolve I1 --note "nginx started"
exits 65 run_availd incident resolve I1
run_availd incident show I1 > "$work/show"
contains "$work/show" "I1 resolved" "acme-web of acme" "beta-web of beta" "warranty, clause W1" "late" \
    "waits for the customer: the error log, asked for by ticket 4711" "resolved: nginx started"
equal "in time" "$(incident in_time)" False
equal "what acme is shown of it" \
    "$(run_availd report --month "$month" --incidents --customer acme | tail -n 1 | cut -d , -f 4,5)" "acme-web,acme"

# Of one that is opened by hand and already late, the daemon says so within a second; a restart says nothing again.
late=$(rfc3339 $(($(now_ms) - 60000)))
exits 0 run_availd incident open --scope service:acme-web --cause "wrong totals" --at "$late"
equal "the next identifier" "$(cat "$work/out")" I2
eventually "handling_overdue of I2" counted handling_overdue 1 incident=I2
stop_daemon KILL
start_daemon
restarted=$(now_ms)
eventually "probes after the restart" sampled_since "$restarted" 8
eventually "the outbox is empty" waiting_alerts_are 0
equal "different lines of handling_overdue" "$(messages handling_overdue)" 2
equal "handling_overdue in the ledger" "$(ledger "SELECT count(*) FROM outbox WHERE event = 'handling_overdue'")" 2
equal "handling_due in the ledger" "$(ledger "SELECT count(*) FROM outbox WHERE event = 'handling_due'")" 2
exits 0 run_availd incident resolve I2 --irrecoverable --advice "restore the copy of yesterday"
equal "its clause" "$(incident outcome I2)" irrecoverable
equal "open incidents" "$(run_availd incident list --format csv | wc -l)" 1
stop_daemon
