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

# As of now, everything is in the folder; as of before, it is replayed from an export of then, and from this one.
now=$(rfc3339 "$(now_ms)")
exits 0 run_availd export --month "$month" --as-of "$now" --output "$work/evidence"
(cd "$work/evidence" && sha256sum --quiet -c SHA256SUMS) || fail "the digests are those of other files"
equal "voids and downtimes" "$(cut -d , -f 1 "$work/evidence/voids.csv" | sort | tr '\n' ' ')" "D1 V1 V2 id "
between "samples" "$(wc -l < "$work/evidence/samples.csv")" 10 10000
# The order of the rows says nothing.
{ head -1 "$work/evidence/samples.csv"; tail -n +2 "$work/evidence/samples.csv" | shuf; } > "$work/samples.csv"

for format in csv json text; do
    exits 0 run_availd report --month "$month" --as-of "$now" --format "$format"
    cp "$work/out" "$work/report"
    # The folder alone: neither this configuration nor this ledger.
    exits 0 "$AVAILD" replay --from "$work/evidence" --format "$format"
    cmp "$work/report" "$work/out" || fail "replay of the export and report differ: $format"
    for as_of in "$middle" "$to" "$now"; do
        exits 0 run_availd report --month "$month" --as-of "$as_of" --format "$format"
        cp "$work/out" "$work/report"
        exits 0 run_availd replay --samples "$work/samples.csv" --exclusions "$work/evidence/exclusions.csv" \
            --voids "$work/evidence/voids.csv" --rules "$work/evidence/rules.csv" --terms "$work/evidence/terms.csv" \
            --month "$month" --as-of "$as_of" --format "$format"
        cmp "$work/report" "$work/out" || fail "replay and report differ: $format as of $as_of"
    done
done
# Of one service, nothing of another is there.
exits 0 run_availd export --month "$month" --service acme-files --output "$work/files-only"
if grep -rq -e acme-web -e acme-shop "$work/files-only"; then fail "the export of acme-files names another service"; fi
# A folder with something in it is left alone; what was changed since is said.
exits 73 run_availd export --month "$month" --output "$work/evidence"
sed -i '2d' "$work/files-only/samples.csv"
exits 0 "$AVAILD" replay --from "$work/files-only"
contains "$work/err" "samples.csv is not as it was exported"
exits 0 run_availd report --month "$month"
equal "rows, by customer and service" "$(cut -d , -f 3 "$work/out" | tr '\n' ' ')" "service acme-files acme-shop acme-web "
equal "outages of acme-web" "$(grep acme-web "$work/out" | cut -d , -f 21)" 1
contains "$work/err" "E2"

# --output writes the same, and from standard input as well.
as_of=$(rfc3339 "$(now_ms)")
run_availd report --month "$month" --as-of "$as_of" --output "$work/report.csv" 2> "$work/err"
run_availd replay --samples - --exclusions "$work/evidence/exclusions.csv" --voids "$work/evidence/voids.csv" --month "$month" --as-of "$as_of" \
    < "$work/samples.csv" > "$work/replay.csv" 2> "$work/err"
cmp "$work/report.csv" "$work/replay.csv" || fail "--output differs from standard output"
