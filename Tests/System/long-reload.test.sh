#!/bin/bash
# A configuration that takes long to read, or cannot be: a reload changes nothing until it is read, and holds no stop up.
. "$(dirname "$0")/support.sh"

write_config
start_nginx
start_rsyslog
start_daemon
eventually "the service is up" state_is up

# A FIFO that nobody writes to is refused at once.
mkfifo "$work/pipe.yaml"
cp "$config" "$work/good.yaml"
echo "include: [pipe.yaml]" >> "$config"
kill -HUP "$daemon"
eventually "the refusal" grep -q "not reloaded, going on as before" "$daemon_log"
contains "$daemon_log" "pipe.yaml: not a regular file"

# A huge one is read for many seconds: probes and commits go on meanwhile, and a stop does not wait.
cp "$work/good.yaml" "$config"
python3 -c '
import sys
with open(sys.argv[1], "w") as file:
    file.write("customers:\n")
    for number in range(400000):
        file.write(f"  - {{id: customer-{number}, name: \"Customer {number}\", vip: false}}\n")' "$work/huge.yaml"
echo "include: [huge.yaml]" >> "$config"
kill -HUP "$daemon"
reloading=$(now_ms)
eventually "samples go on" sampled_since "$reloading" 3
if grep -q "reloaded: " "$daemon_log"; then fail "the configuration was read in no time: make it longer"; fi
began=$(now_ms)
stop_daemon
between "ms from SIGTERM to the end" $(($(now_ms) - began)) 0 5000
contains "$daemon_log" stopped
if grep -q "stopped without waiting" "$daemon_log"; then fail "the stop was held up"; fi
equal "the last event" "$(ledger 'SELECT kind FROM daemon_events ORDER BY id DESC LIMIT 1')" stop
