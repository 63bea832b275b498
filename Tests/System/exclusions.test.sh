#!/bin/bash
# Exclusions are recorded and revoked while the daemon runs, which notices; what is wrong is refused, and then
# nothing is written.
. "$(dirname "$0")/support.sh"

write_config
start_nginx
start_rsyslog
start_daemon
eventually "the service is up" state_is up
from=$(rfc3339 $(($(now_ms) - 1000)))
stop_nginx
eventually "availability_below" counted availability_below 1
start_nginx
eventually "service_up" counted service_up 1
to=$(rfc3339 $(($(now_ms) + 1000)))
outage=(--category third_party --scope service:acme-web --from "$from" --to "$to")

# Admitted: the availability is restored.
exits 0 run_availd exclusion add "${outage[@]}" --evidence "ticket 4711"
equal "the new identifier" "$(cat "$work/out")" E1
eventually "availability_restored" counted availability_restored 1
equal "its severity" "$(severity availability_restored)" notice
equal "excluded spans" "$(spans acme-web excluded 'third_party, clause 3.5, by E1')" 1

# Maintenance announced 3 h before it begins, where 24 h are required: kept, said once, applied to nothing.
now=$(now_ms)
exits 0 run_availd exclusion add --category scheduled_maintenance --scope customer:acme --notice-at "$(rfc3339 "$now")" \
    --from "$(rfc3339 $((now + 3 * 3600000)))" --to "$(rfc3339 $((now + 5 * 3600000)))"
equal "the next identifier" "$(cat "$work/out")" E2
contains "$work/err" "E2 is recorded but not admitted: notice 3 h before the start, 24 h required"
eventually "exclusion_not_admitted" counted exclusion_not_admitted 1
equal "its severity" "$(severity exclusion_not_admitted)" warning
equal "its exclusion" "$(field exclusion_not_admitted exclusion)" E2
equal "its reason" "$(field exclusion_not_admitted reason)" "notice 3 h before the start, 24 h required"
stop_daemon
start_daemon
eventually "a probe after the restart" sampled_since "$(now_ms)"

# Revoked: below again. By now the restarted daemon has read every exclusion, and said nothing twice.
exits 0 run_availd exclusion revoke E1 --reason "it was our own rack"
eventually "availability_below again" counted availability_below 2
equal "exclusion_not_admitted after a restart" "$(count exclusion_not_admitted)" 1
equal "availability_restored" "$(count availability_restored)" 1

# The list is what replay reads.
run_availd exclusion list --format csv > "$work/exclusions.csv"
equal "records of the list" "$(wc -l < "$work/exclusions.csv")" 3
printf 'at,service,state\n%s,acme-web,up\n' "$from" > "$work/samples.csv"
exits 0 run_availd replay --samples "$work/samples.csv" --exclusions "$work/exclusions.csv" --month "$month"
contains "$work/out" "$month,acme,acme-web,99,"

# What is wrong: bad data is 65, bad usage is 64, and nothing is written.
run_availd exclusion list --format json > "$work/list.before"
exits 65 run_availd exclusion add --category third_party --scope service:acme-wbe --from "$from" --to "$to" --evidence x
contains "$work/err" 'unknown service "acme-wbe"' "did you mean service:acme-web?"
exits 65 run_availd exclusion add --category third_party --scope all --from "$to" --to "$from" --evidence x
contains "$work/err" "--to: the end is not after the beginning"
exits 65 run_availd exclusion add "${outage[@]}" --notice-at "$(rfc3339 $(($(now_ms) + 3600000)))"
contains "$work/err" "--notice-at: lies in the future"
exits 65 run_availd exclusion add "${outage[@]}" --evidence x --id E2
exits 65 run_availd exclusion revoke E1 --reason "twice"
contains "$work/err" "E1"
exits 65 run_availd exclusion revoke E9 --reason "never recorded"
contains "$work/err" "E9"
exits 64 run_availd exclusion add --category act_of_god --scope all --from "$from" --to "$to"
exits 64 run_availd exclusion add --category third_party --scope all --from "yesterday" --to "$to"
exits 64 run_availd exclusion add --category third_party --from "$from" --to "$to"
exits 64 run_availd exclusion revoke E2
run_availd exclusion list --format json > "$work/list.after"
cmp "$work/list.before" "$work/list.after" || fail "a refused command wrote something"
stop_daemon
