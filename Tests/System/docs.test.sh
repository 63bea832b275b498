#!/bin/bash
# What the documents show is run: each command prints what stands below it, each configuration is right, each link
# leads somewhere. See docs.py.
. "$(dirname "$0")/support.sh"

# The folder of the documents that need a daemon: it has seen an outage, and goes on.
write_config
start_nginx
start_rsyslog
start_daemon
eventually "the service is up" state_is up
stop_nginx
eventually "service_down" counted service_down 1
eventually "availability_below" counted availability_below 1
start_nginx
eventually "service_up" counted service_up 1

AVAILD=$(realpath "$availd") python3 "$top/Tests/System/docs.py" --world "$work" "$@" > "$work/out" || fail "$(cat "$work/out")"
cat "$work/out"

# What those lines of syslog say has its row.
for field in $(grep -oP '(?<= )[a-z_]+(?==)' "$work/syslog.log" | sort -u); do
    [ "$field" = event ] || contains "$top/docs/alerts.md" "\`$field\`"
done
