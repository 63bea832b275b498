#!/bin/bash
# A mail server that takes connections and never answers: the daemon probes on, follows a reload, and ends within 5 s
# of a SIGTERM; nothing is recorded as delivered.
. "$(dirname "$0")/support.sh"

mail_port=$(free_port)
write_config "$(for id in acme beta; do
    echo "  - {id: $id-web, customer: $id, paid: [{from: $month-01}], url: http://127.0.0.1:$port/}"
done)"
sed -i '/^customers:/d' "$config"
cat >> "$config" <<YAML
customers: [{id: acme, email: it@acme.example}, {id: beta, email: b@beta.example}]
notices: {directory: $work/public/under, mail: {url: "smtp://127.0.0.1:$mail_port", from: support@vinastar.example, tls: none, timeout: 60s}}
YAML
start_nginx
start_rsyslog
start_hanging_server "$mail_port"
# As the unit has it.
umask 077
start_daemon

from=$(rfc3339 $(($(now_ms) + 48 * 3600000)))
to=$(rfc3339 $(($(now_ms) + 50 * 3600000)))
exits 0 run_availd maintenance plan --kind scheduled --scope all --from "$from" --to "$to" --reason "new disks"
"$availd" maintenance announce M1 --config "$config" > "$work/announce.out" 2>&1 &
announce=$!
started_pids+=("$announce")
# Each has a customer's message, and waits.
eventually "the daemon and the command wait for the server" sh -c "[ \$(wc -l < '$work/hanging') -ge 2 ]"
# A web server of another user reads what the public is told.
equal "the mode of a public file" "$(stat -c %a "$work/public/under/notices.json")" 644
equal "the mode of its folders" "$(stat -c %a "$work/public" "$work/public/under" | tr '\n' ' ')" "755 755 "
eventually "probes while it hangs" sampled_since "$(now_ms)" 8
kill -HUP "$daemon"
eventually "the reload" grep -q reloaded "$daemon_log"
eventually "probes after the reload" sampled_since "$(now_ms)" 6

began=$(now_ms)
stop_daemon
between "ms from SIGTERM to the end" $(($(now_ms) - began)) 0 5000
contains "$daemon_log" stopping stopped
end "$announce" TERM || true
equal "deliveries by e-mail" "$(ledger "SELECT count(*) FROM notice_results r JOIN notice_attempts a
    ON a.number = r.attempt JOIN notices n ON n.number = a.notice
    WHERE n.channel = 'email' AND r.outcome = 'delivered'")" 0
equal "tries that were cut off" "$(ledger "SELECT count(*) FROM notice_attempts
    WHERE number NOT IN (SELECT attempt FROM notice_results)")" 2

# A try that was cut off holds nothing up after the next start.
start_daemon
eventually "probes after the start" sampled_since "$(now_ms)" 6
stop_daemon
