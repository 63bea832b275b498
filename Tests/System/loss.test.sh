#!/bin/bash
# What stands in the way of an alert: a full disk while syslog is away, a restart in the middle of it, a stop that
# ends probes, and a syslog that takes nothing.
. "$(dirname "$0")/support.sh"

write_config
mkdir "$work/disk"
mount -t tmpfs -o size=4m loss-test "$work/disk"
sed -i "s|^state_directory:.*|state_directory: $work/disk/state|" "$config"
ln -s "$work/disk/state" "$work/state"
start_nginx
start_rsyslog
start_daemon
eventually "the service is up" state_is up

# The disk fills while nobody listens: the loss is announced as soon as somebody does, and only once.
stop_rsyslog
fill() { cat /dev/zero > "$work/disk/fill" 2> /dev/null || true; }
eventually "the ledger takes nothing" eval 'fill; grep -q "nothing is recorded" "$daemon_log"'
start_rsyslog
eventually "measurement_lost" counted measurement_lost 1

# A restart in the middle: no second announcement, and the end is announced once there is room. The daemon says by its
# status that the ledger did not take the last samples.
stop_daemon TERM 74
rm "$work/disk/fill"
start_daemon
eventually "measurement_restored" counted measurement_restored 1
eventually "nothing waits" waiting_alerts_are 0
stop_daemon
equal "measurement_lost" "$(count measurement_lost)" 1
equal "measurement_restored" "$(count measurement_restored)" 1
equal "what the ledger has of both" "$(ledger "
    SELECT group_concat(event) FROM (SELECT event FROM outbox WHERE event LIKE 'measurement%' ORDER BY id)")" \
    measurement_lost,measurement_restored

# The only probe is in flight when the daemon is told to stop: unknown, but no loss of sight.
hanging=$(free_port)
start_hanging_server "$hanging"
write_config "  - {id: hung, customer: acme, paid: [{from: $month-01}], url: http://127.0.0.1:$hanging/, interval: 60s, timeout: 60s}"
sed -i "s|^state_directory:.*|state_directory: $work/quiet|" "$config"
sed -i "s/interval: 60s/interval: 2s/; s/timeout: 60s/timeout: 2s/" "$config"
: > "$work/syslog.log"
start_daemon
eventually "the service is probed" test -s "$work/hanging"
stop_daemon
equal "what was said" "$(count measurement_lost)" 0

# A syslog that is there and takes nothing: a stop ends within 5 s all the same, and the alerts are kept.
stop_rsyslog
python3 -c '
import socket, sys, time
stuck = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
stuck.bind(sys.argv[1])
time.sleep(120)' "$work/log.socket" &
started_pids+=($!)
eventually "the socket is there" test -S "$work/log.socket"
closed=$(free_port)
# Most services are well, so that the others have a line each.
services=
for ((number = 0; number < 40; number++)); do
    services+="  - {id: well-$number, customer: acme, paid: [{from: $month-01}], url: http://127.0.0.1:$port/}"$'\n'
done
for ((number = 0; number < 30; number++)); do
    services+="  - {id: web-$number, customer: acme, paid: [{from: $month-01}], url: http://127.0.0.1:$closed/}"$'\n'
done
write_config "$services"
rm "$work/state"
start_daemon
eventually "every service is down" eval '[ "$(ledger "SELECT count(*) FROM outbox")" -ge 60 ]'
began=$(now_ms)
stop_daemon
between "ms from SIGTERM to the end" $(($(now_ms) - began)) 0 5000
[ "$(waiting_alerts)" -gt 0 ] || fail "no alert is kept"
