#!/bin/bash
# SIGTERM with a probe in flight, SIGHUP with and without mistakes, a second daemon.
. "$(dirname "$0")/support.sh"

services=
for number in 1 2 3 4 5 6 7 8; do
    services+="  - {id: web-$number, customer: acme, paid: [{from: $month-01}], url: http://127.0.0.1:$port/, interval: 2s}"
    services+=$'\n'
done
write_config "$services"
start_nginx
start_rsyslog
start_daemon
eventually "every service is sampled thrice" sampled_since 0 24

# A second daemon on the same ledger.
exits 69 run_availd run
contains "$work/err" "$work/state/availd.lock" "pid $daemon"

# SIGHUP with a mistake: nothing changes, and the log says where it is.
cp "$config" "$work/good.yaml"
line=$(grep -n 'web-3' "$config" | cut -d : -f 1)
sed -i '/web-3/s/url:/ulr:/' "$config"
kill -HUP "$daemon"
eventually "the mistake in the log" grep -qF "availd.yaml:$line" "$daemon_log"
contains "$daemon_log" "not reloaded, going on as before" "ulr"
eventually "everything is still probed" sampled_since "$(now_ms)" 16

# SIGHUP with a new service, which hangs: it is probed, and the others keep their phase.
hanging=$(free_port)
start_hanging_server "$hanging"
cp "$work/good.yaml" "$config"
sed -i "/^probing:/i\\  - {id: hung, customer: acme, paid: [{from: $month-01}], url: http://127.0.0.1:$hanging/, interval: 30s, timeout: 30s}" "$config"
kill -HUP "$daemon"
eventually "the reload" grep -q "reloaded: watching 9 services by 9 checks" "$daemon_log"
reloaded=$(now_ms)
eventually "three samples of each since then" sampled_since "$reloaded" 24
# Every 2 s, through both reloads; a second of room, since the machine may be busy.
equal "intervals that a reload has cut or stretched" "$(ledger "
    SELECT count(*) FROM (
        SELECT at - lag(at) OVER (PARTITION BY series ORDER BY at) AS passed FROM samples
        WHERE series IN (SELECT id FROM series WHERE service LIKE 'web-%'))
    WHERE passed NOT BETWEEN 1000 AND 3000")" 0

# SIGTERM with a probe in flight, begun before a reload: an end within 5 s, and an honest "unknown" in the ledger.
eventually "the new service is probed" test -s "$work/hanging"
kill -HUP "$daemon"
eventually "another reload" eval '[ "$(grep -c "reloaded: watching 9" "$daemon_log")" -eq 2 ]'
began=$(now_ms)
stop_daemon
between "ms from SIGTERM to the end" $(($(now_ms) - began)) 0 5000
hung="SELECT state FROM samples JOIN series ON series = id WHERE service = 'hung'"
equal "the state of what was in flight" "$(ledger "$hung")" 2
contains "$daemon_log" stopping stopped
