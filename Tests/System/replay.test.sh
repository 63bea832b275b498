#!/bin/bash
# The same figures from files alone: what the ledger holds is exported, and `replay` gives the report to the byte.
. "$(dirname "$0")/support.sh"

write_config "$(cat << YAML
  - {id: acme-web, customer: acme, price: 200000, paid: [{from: $month-01}], url: http://127.0.0.1:$port/}
  - id: acme-shop
    customer: acme
    groups: [rack-3]
    paid: [{from: $month-01}]
    mode: any
    checks:
      - {id: front, url: http://127.0.0.1:$port/}
      - {id: back, url: http://127.0.0.1:$port/back.html}
  - {id: acme-files, customer: acme, paid: [{from: $month-01, to: $month-02}], url: http://127.0.0.1:$port/}
YAML
)"
start_nginx
start_rsyslog
start_daemon
eventually "acme-web is up" state_is up
from=$(rfc3339 "$(now_ms)")
stop_nginx
all_are() { [ "$(run_availd status --format csv | grep -c ",$1,")" -eq 3 ]; }
eventually "all three services are down" all_are down
middle=$(rfc3339 "$(now_ms)")
start_nginx
eventually "all three services are up" all_are up
to=$(rfc3339 "$(now_ms)")

# One admitted over half of the outage, one not admitted, one revoked.
exits 0 run_availd exclusion add --category force_majeure --scope "service:acme-web group:rack-3" \
    --from "$from" --to "$middle" --evidence 'a flood, "the second"'
exits 0 run_availd exclusion add --category emergency_maintenance --scope all --from "$from" --to "$to"
exits 0 run_availd exclusion add --category suspension --scope customer:acme --from "$from" --to "$to" --evidence unpaid
exits 0 run_availd exclusion revoke E3 --reason "it was paid"
# A void of the family that all were seen over, and a downtime that nobody saw.
exits 0 run_availd void add --scope family:ipv4 --from "$middle" --to "$to" --reason "the uplink was cut" \
    --evidence "a log"
exits 0 run_availd downtime add --scope service:acme-shop --from "$from" --to "$middle" --reason "logins failed" \
    --evidence "ticket 7"
exits 0 run_availd void add --scope service:acme-web --from "$from" --to "$to" --reason "nobody knows"
stop_daemon

sqlite3 -readonly -header -csv "$work/state/ledger.sqlite" "
    SELECT at, service, check_id AS 'check', CASE state WHEN 0 THEN 'up' WHEN 1 THEN 'down' ELSE 'unknown' END AS state,
        pass, CASE family WHEN 4 THEN 'ipv4' WHEN 6 THEN 'ipv6' END AS family
    FROM samples JOIN series ON series = id ORDER BY random()" > "$work/samples.csv"
run_availd exclusion list --format csv > "$work/exclusions.csv"
{ run_availd void list --format csv; run_availd downtime list --format csv | tail -n +2; } > "$work/voids.csv"
equal "voids and downtimes" "$(cut -d , -f 1 "$work/voids.csv" | tr '\n' ' ')" "id V2 V1 D1 "
between "samples" "$(wc -l < "$work/samples.csv")" 10 10000

for format in csv json text; do
    for as_of in "$middle" "$to" "$(rfc3339 "$(now_ms)")"; do
        exits 0 run_availd report --month "$month" --as-of "$as_of" --format "$format"
        cp "$work/out" "$work/report"
        exits 0 run_availd replay --samples "$work/samples.csv" --exclusions "$work/exclusions.csv" --voids "$work/voids.csv" \
            --month "$month" --as-of "$as_of" --format "$format"
        cmp "$work/report" "$work/out" || fail "replay and report differ: $format as of $as_of"
    done
done
exits 0 run_availd report --month "$month"
equal "rows, by customer and service" "$(cut -d , -f 3 "$work/out" | tr '\n' ' ')" "service acme-files acme-shop acme-web "
equal "outages of acme-web" "$(grep acme-web "$work/out" | cut -d , -f 21)" 1
contains "$work/err" "E2"

# --output writes the same, and from standard input as well.
as_of=$(rfc3339 "$(now_ms)")
run_availd report --month "$month" --as-of "$as_of" --output "$work/report.csv" 2> "$work/err"
run_availd replay --samples - --exclusions "$work/exclusions.csv" --voids "$work/voids.csv" --month "$month" --as-of "$as_of" \
    < "$work/samples.csv" > "$work/replay.csv" 2> "$work/err"
cmp "$work/report.csv" "$work/replay.csv" || fail "--output differs from standard output"
