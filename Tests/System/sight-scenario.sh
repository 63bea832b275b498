#!/bin/bash
# One fault of a network of its own, 60 healthy services behind it, and what the daemon makes of it: a part of
# sight.test.sh, which runs it in namespaces of its own.
#
#   sight-scenario.sh NAME FAULT…      FAULT as sight-world.py reads it, or `sh:COMMANDS` (up, then down, split by |)
#
# It writes what came of it: $OUT/NAME, a word and its number a line; .syslog; .explained; .status.
. "$(dirname "$0")/support.sh"
name=$1
fault=$2
services=60
seconds=${FAULT_SECONDS:-40}

mount --make-rprivate /
printf 'nameserver 198.51.100.53\noptions timeout:1 attempts:2\n' > "$work/resolv.conf"
mount --bind "$work/resolv.conf" /etc/resolv.conf

# $GUILTY are to be down. 30 by address over IPv4, 10 over IPv6, 10 names over IPv4, 10 names over whatever answers.
service_lines() {
    local number
    for ((number = 1; number <= services; number++)); do
        local zone=customer-b.test url family=""
        [ $((number % 2)) -eq 1 ] && zone=customer-a.test
        if [ "$number" -le 30 ]; then
            url="http://203.0.113.$number/"
        elif [ "$number" -le 40 ]; then
            url="'http://[2001:db8:cafe::$(printf %x "$number")]/'"
        elif [ "$number" -le 50 ]; then
            url="http://w$number.$zone/" family=", family: ipv4"
        else
            url="http://w$number.$zone/"
        fi
        # The first fifteen are reached by one carrier.
        [ "$number" -gt 15 ] || family="$family, groups: [carrier]"
        printf '  - {id: s%02d, customer: acme, paid: [{from: %s-01}], url: %s%s}\n' "$number" "$month" "$url" "$family"
    done
}

cat > "$config" <<YAML
provider: {networks: [203.0.113.0/24, "2001:db8:cafe::/48"], zones: [customer-a.test, customer-b.test]}
agreement: {timezone: $zone, objective: 99}
defaults: {interval: ${INTERVAL:-5s}, timeout: ${TIMEOUT:-4s}, retry_interval: 1s, confirm: 2}
customers: [{id: acme, name: Acme Company}]
services:
$(service_lines)
probing:
  allow_addresses: [203.0.113.0/24, 198.51.100.0/24, 192.0.2.0/24, "2001:db8::/32"]
  references: ["http://198.51.100.10/", "tcp://192.0.2.10:80", "http://ref-a.example.net/", "http://ref-b.example.org/",
    "http://[2001:db8:aaaa::10]/", "tcp://[2001:db8:bbbb::10]:80"]
state_directory: $work/state
YAML
[ -z "${WITHOUT_REFERENCES:-}" ] || sed -i -e '/^  references:/,/bbbb/d' "$config"

mkfifo "$work/life"
python3 "$top/Tests/System/sight-world.py" "$work" < "$work/life" 2> "$work/world.log" &
started_pids+=($!)
exec {life}> "$work/life"
eventually "the world stands" test -e "$work/ready"
start_rsyslog
# BOOT: the daemon is started in the dead network.
[ -n "${BOOT:-}" ] || start_daemon
all_up() { [ "$(run_availd status --format csv | grep -c ',up,')" -eq "$services" ]; }
if [ -z "${BOOT:-}" ]; then
    eventually "all are up" all_up
    sleep 6
fi

began=$(now_ms)
case $fault in
    sh:*) bash -c "$(cut -d '|' -f 1 <<< "${fault#sh:}")" ;;
    *) echo "$fault" > "$work/fault" ;;
esac
[ -z "${BOOT:-}" ] || start_daemon
sleep "$seconds"
ended=$(now_ms)
case $fault in
    sh:*) bash -c "$(cut -d '|' -f 2 <<< "${fault#sh:}")" ;;
    *) echo none > "$work/fault" ;;
esac
eventually "all are up again" all_up
sleep 14

run_availd report --month "$month" --format csv > "$work/report.csv"
{
    echo "fault_ms $((ended - began))"
    python3 - "$work/report.csv" "${GUILTY:-}" <<'PY'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1])))
guilty = set(sys.argv[2].split())
for key in ("down_s", "unmeasured_s", "up_s"):
    print(key, round(sum(float(row[key]) for row in rows), 3))
print("false_down_s", round(sum(float(row["down_s"]) for row in rows if row["service"] not in guilty), 3))
print("least_down_s", min((float(row["down_s"]) for row in rows if row["service"] in guilty), default=0))
PY
    for event in service_down service_up shared_failure measurement_lost measurement_restored availability_below; do
        echo "$event $(count "$event")"
    done
    # Since it began: before, nobody measured.
    ledger "SELECT 'blind_s ' || coalesce(round(sum(min(c.end_at, $(now_ms)) - c.start_at) / 1000.0, 1), 0)
        FROM corrections c WHERE NOT EXISTS (SELECT 1 FROM correction_revocations r WHERE r.correction = c.number)"
    echo "lines $(grep -c 'event=' "$work/syslog.log" || true)"
    echo "incidents $(($(run_availd incident list --all --format csv | wc -l) - 1))"
} > "$OUT/$name"
cp "$work/syslog.log" "$OUT/$name.syslog"
# Of a service that was spoken to over IPv4, one over IPv6, and one by name.
for service in s01 s31 s41; do run_availd explain "$service" --month "$month"; done > "$OUT/$name.explained"
run_availd status > "$OUT/$name.status"
contains "$OUT/$name.status" "sight: IPv4 sees"
stop_daemon
