#!/bin/bash
# Nobody listens on syslog while a service fails: the alerts wait, also through a restart, and arrive once, in order.
. "$(dirname "$0")/support.sh"

write_config
start_nginx
start_rsyslog
start_daemon
eventually "the service is up" state_is up

stop_rsyslog
stop_nginx
eventually "two alerts wait" waiting_alerts_are 2
eventually "the log says why" grep -q "alerts wait in the outbox: syslog does not listen: /dev/log" "$daemon_log"
stop_daemon
start_daemon
eventually "a probe after the restart" sampled_since "$(now_ms)"
equal "lines written by a stopped rsyslog" "$(wc -l < "$work/syslog.log")" 0
equal "alerts that wait" "$(waiting_alerts)" 2

start_rsyslog
eventually "both alerts arrive" waiting_alerts_are 0
start_nginx
eventually "service_up" counted service_up 1
stop_daemon
equal "the events in order" "$(grep -oP 'event=\K[a-z_]+' "$work/syslog.log" | tr '\n' ' ')" \
    "service_down availability_below service_up "
contains "$daemon_log" "alerts go out again"
