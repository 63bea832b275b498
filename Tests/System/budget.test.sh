#!/bin/bash
# A short term has a short budget: an outage uses it up, each threshold is announced once, and neither a restart nor an
# exclusion that comes and goes repeats one.
. "$(dirname "$0")/support.sh"

begin=$(now_ms)
# 600 s are paid for, so 6 s of downtime are allowed, less a hundredth of what nobody measured before the first probe.
write_config "  - {id: acme-web, customer: acme, url: http://127.0.0.1:$port/, paid: [{from: $(rfc3339 "$begin"), to: $(rfc3339 $((begin + 600000)))}]}"
start_nginx
start_rsyslog
start_daemon
eventually "the service is up" state_is up

down_at=$(now_ms)
stop_nginx
eventually "half of the budget" counted budget_consumed 1 'threshold_percent=50'
equal "the severity of budget_consumed" "$(severity budget_consumed)" warning
between "what is allowed, in ms" "$(field budget_consumed allowed_s | tr -d .)" 5900 6000
equal "the burning windows" "$(count budget_burning 'window_s=3600 ')" 1
stop_daemon
start_daemon
eventually "the loss" counted commitment_lost 1
equal "the severity of commitment_lost" "$(severity commitment_lost)" crit
for percent in 50 75 90; do
    equal "budget_consumed of $percent %" "$(count budget_consumed "threshold_percent=$percent ")" 1
done
start_nginx
eventually "service_up" counted service_up 1
run_availd report --month "$month" --format json > "$work/report"
contains "$work/report" '"budget_used_up" : "already"'

# What the exclusion gives back was said, and stays said when it is taken away again.
up_at=$(now_ms)
exits 0 run_availd exclusion add --category third_party --scope service:acme-web --from "$(rfc3339 "$down_at")" \
    --to "$(rfc3339 "$up_at")" --evidence "ticket 7" --by test
eventually "availability_restored" counted availability_restored 1
run_availd report --month "$month" --format json > "$work/report"
contains "$work/report" '"budget_used_up" : "never"'
exits 0 run_availd explain acme-web --month "$month" --at "$(rfc3339 $((up_at - 2000)))"
contains "$work/out" "counts as excluded: third_party, clause 3.5, by E1" "none of it counts"
exits 0 run_availd exclusion revoke E1 --reason "not theirs" --by test
eventually "availability_below again" counted availability_below 2
eventually "probes since" sampled_since "$(now_ms)" 2
stop_daemon
equal "budget_consumed" "$(count budget_consumed)" 3
equal "commitment_lost" "$(count commitment_lost)" 1
equal "budget_burning in the first window" "$(messages budget_burning)" "$(ledger "SELECT count(*) FROM outbox WHERE event = 'budget_burning'")"
