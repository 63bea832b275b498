#!/bin/bash
# A service fails and comes back: what operators are told, and what the evidence says afterwards.
#
#   nginx    up ───────┐ stopped          ┌─ up ───
#   syslog             └ service_down     └ service_up
#                        availability_below (the month is seconds old)
. "$(dirname "$0")/support.sh"

write_config
start_nginx
start_rsyslog
start_daemon
eventually "the service is up" state_is up

stopped=$(now_ms)
stop_nginx
eventually "service_down" counted service_down 1
eventually "availability_below" counted availability_below 1
state_is down || fail "status does not say down"
equal "probe's status while it is down" "$(run_availd probe acme-web > "$work/probe" || echo $?)" 1
contains "$work/probe" "connection refused"

started=$(now_ms)
start_nginx
eventually "service_up" counted service_up 1
eventually "the service is up" state_is up
stop_daemon

# Every line is logfmt, and nothing else was said.
plain='[A-Za-z0-9._:/+,%@-]+'
line="^[0-9T:.+-]+ (err|warning|notice) availd\[[0-9]+\]: *event=[a-z_]+( [a-z_]+=($plain|\"([^\"\\\\]|\\\\.)*\"))+\$"
equal "lines that are not logfmt" "$(grep -cvE "$line" "$work/syslog.log" || true)" 0
equal "the events in order" "$(grep -oP 'event=\K[a-z_]+' "$work/syslog.log" | tr '\n' ' ')" \
    "service_down availability_below service_up "
equal "severity of service_down" "$(severity service_down)" warning
equal "severity of availability_below" "$(severity availability_below)" err
equal "severity of service_up" "$(severity service_up)" notice

# The outage begins at the first failed probe after nginx stopped, and ends at the first good one.
since=$(to_ms "$(field service_down since)")
until=$(to_ms "$(field service_up since)")
between "since, ms after nginx stopped" $((since - stopped)) -100 5000
between "the end, ms after nginx started" $((until - started)) -100 10000
equal "service" "$(field service_down service)" acme-web
equal "customer" "$(field service_down customer)" acme
equal "cause" "$(field service_down cause | cut -d , -f 1 | cut -c 1-18)" "connection refused"
equal "down_since" "$(to_ms "$(field service_up down_since)")" "$since"
equal "objective_percent" "$(field availability_below objective_percent)" 99

# The report and the explanation tell the same outage.
run_availd report --month "$month" > "$work/report.csv"
equal "outages and verdict in the report" \
    "$(tail -n 1 "$work/report.csv" | tr -d '\r' | cut -d , -f 8,21)" "breached,1"
equal "longest_outage_s" "$(tail -n 1 "$work/report.csv" | cut -d , -f 23)" "$(field service_up down_s)"
equal "spans of the outage" "$(spans acme-web down 'connection refused')" 1
run_availd explain acme-web --month "$month" > "$work/explain"
contains "$work/explain" "$(field service_down since)" "$(field service_up since)" "confirmed outage"
