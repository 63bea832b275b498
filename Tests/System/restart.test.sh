#!/bin/bash
# The daemon is restarted and killed during outages: nothing is announced twice, nothing is lost, and the time in
# which it did not run is unmeasured.
stale_after=6s
. "$(dirname "$0")/support.sh"

write_config
start_nginx
start_rsyslog
start_daemon
eventually "the service is up" state_is up

# SIGTERM in the middle of an outage: the outage goes on, and is announced once.
stop_nginx
eventually "service_down" counted service_down 1
eventually "availability_below" counted availability_below 1
stop_daemon
start_daemon
eventually "a probe after the restart" sampled_since "$(now_ms)" 3
state_is down || fail "the outage did not go on after the restart"
start_nginx
eventually "service_up" counted service_up 1
equal "service_down of an outage with a restart in it" "$(count service_down)" 1
equal "outages" "$(spans acme-web down)" 1

# SIGKILL at random moments, before and after the outage is confirmed. A sample that could be read is there for good.
for outage in 2 3 4; do
    stop_nginx
    for _ in 1 2 3 4; do
        sleep "0.$((RANDOM % 10))"
        samples > "$work/before"
        stop_daemon KILL
        start_daemon
        samples > "$work/after"
        equal "samples lost by a SIGKILL" "$(comm -23 <(sort "$work/before") <(sort "$work/after"))" ""
    done
    eventually "service_down number $outage" messages_are service_down "$outage"
    start_nginx
    eventually "service_up number $outage" messages_are service_up "$outage"
done
eventually "the outbox is empty" waiting_alerts_are 0
equal "service_down in the ledger" "$(ledger "SELECT count(*) FROM outbox WHERE event = 'service_down'")" 4
equal "service_up in the ledger" "$(ledger "SELECT count(*) FROM outbox WHERE event = 'service_up'")" 4
equal "availability_below in the ledger" "$(ledger "SELECT count(*) FROM outbox WHERE event = 'availability_below'")" 1
equal "different lines" "$(messages service_down) $(messages service_up) $(messages availability_below)" "4 4 1"
# syslog(3) acknowledges nothing: a SIGKILL in the moment between a line and the mark that it is written repeats it.
between "lines written" "$(wc -l < "$work/syslog.log")" 9 10

# However the kills came, the ledger is not behind its mark.
exits 0 run_availd verify

# Not running for longer than stale_after, in the middle of an outage.
stop_nginx
eventually "service_down number 5" messages_are service_down 5
stop_daemon KILL
last=$(ledger 'SELECT max(at) FROM samples')
eventually "the last sample is stale" is_past $((last + 6000))
start_daemon
restarted=$(now_ms)
eventually "two probes after the restart" sampled_since "$restarted" 3
state_is down || fail "the outage did not go on after the gap"
run_availd explain acme-web --month "$month" > "$work/explain"
grep -q "^$(rfc3339 $((last + 6000))) .* unmeasured  *no sample speaks for it" "$work/explain" \
    || fail "time not running is not unmeasured from stale_after on: $(cat "$work/explain")"
start_nginx
eventually "service_up number 5" messages_are service_up 5
stop_daemon
equal "different lines of service_down" "$(messages service_down)" 5
