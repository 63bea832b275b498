#!/bin/bash
# Maintenance is planned, announced through a real mail server, excluded and said: what the server takes is kept with
# its answer, what it defers is tried again, what it refuses is not, and one that hangs holds nothing up.
. "$(dirname "$0")/support.sh"

exim=$work/exim
mail_port=$(free_port)
hanging_port=$(free_port)
chmod 711 "$work"

start_exim() {
    mkdir -p "$exim/spool" "$exim/mail"
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
        -keyout "$exim/key.pem" -out "$exim/cert.pem" 2> /dev/null
    cat > "$exim/exim.conf" <<EXIM
primary_hostname = mail.example
spool_directory = $exim/spool
log_file_path = $exim/%slog
local_interfaces = 127.0.0.1
daemon_smtp_ports = $mail_port
pid_file_path = $exim/exim.pid
tls_advertise_hosts = *
tls_certificate = $exim/cert.pem
tls_privatekey = $exim/key.pem
deliver_drop_privilege = true
acl_smtp_rcpt = rcpt
begin acl
rcpt:
  deny !authenticated = *
       message = 5.7.0 log in first
  deny local_parts = refused
       message = 5.1.1 no such user here
  defer local_parts = grey
        condition = \${if exists{$exim/known}{no}{yes}}
        message = 4.7.1 greylisted
  accept
begin routers
boxes:
  driver = accept
  local_parts = it : b : grey
  transport = box
begin transports
box:
  driver = appendfile
  file = $exim/mail/\$local_part_data
  user = Debian-exim
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{\$auth2}{availd}}{eq{\$auth3}{s3cret}}}}
  server_set_id = \$auth2
  server_advertise_condition = \${if def:tls_in_cipher}
EXIM
    chown -R Debian-exim "$exim"
    chown root "$exim/exim.conf"
    timeout 600 exim4 -C "$exim/exim.conf" -bdf 2> "$exim/start.log" &
    started_pids+=($!)
    eventually "the mail server listens" listens "$mail_port"
}

# with_notices PORT TIMEOUT [PASSWORD]: the configuration, with a mail server.
with_notices() {
    write_config "$(for id in acme beta refused grey; do
        echo "  - {id: $id-web, customer: $id, groups: [rack-3], paid: [{from: $month-01}], url: http://127.0.0.1:$port/}"
    done)"
    sed -i '/^customers:/d' "$config"
    # One that others can read is refused.
    (umask 077 && printf %s "${3:-s3cret}" > "$work/password")
    cat >> "$config" <<YAML
customers:
  - {id: acme, name: Công ty Acme, email: it@acme.example, vip: true}
  - {id: beta, email: b@beta.example, language: en}
  - {id: refused, email: refused@example.vn}
  - {id: grey, email: grey@example.vn}
provider: {name: VINASTAR, contacts: {phone: "024 1"}}
notices:
  directory: $work/public
  mail:
    url: smtp://localhost:$1
    from: support@vinastar.example
    ca_file: $exim/cert.pem
    timeout: $2
    auth: {user: availd, password: {file: $work/password}}
YAML
}

# decoded BOX: the text of the last message in a box.
decoded() { python3 -c '
import email, mailbox, sys
message = list(mailbox.mbox(sys.argv[1]))[-1]
subject = email.header.make_header(email.header.decode_header(message["subject"]))
print(message["to"], "|", subject, "|", message["message-id"])
print(message.get_payload(decode=True).decode())' "$exim/mail/$1"; }

messages_in() { grep -c '^Message-ID:' "$exim/mail/$1" 2> /dev/null || true; }
has_messages() { [ "$(messages_in "$1")" -eq "$2" ]; }

install_missing_mail() { command -v exim4 > /dev/null || install_missing exim4-daemon-light; }
install_missing_mail
start_nginx
start_rsyslog
start_exim
with_notices "$mail_port" 5s
start_daemon

# Planned and announced two days ahead. One address does not exist, one is greylisted.
from=$(rfc3339 $(($(now_ms) + 48 * 3600000)))
to=$(rfc3339 $(($(now_ms) + 50 * 3600000)))
exits 0 run_availd maintenance plan --kind scheduled --scope group:rack-3 --from "$from" --to "$to" --reason "thay ổ đĩa"
equal "the plan" "$(cat "$work/out")" M1
contains "$work/err" "announce before"
exits 69 run_availd maintenance announce M1
contains "$work/err" "5.1.1 no such user here" "4.7.1 greylisted" "by hand: fan_page" "by hand: direct to acme"
eventually "the first message" has_messages it 1
eventually "the second message" has_messages b 1
decoded it > "$work/it"
contains "$work/it" "it@acme.example |" "[VINASTAR] Bảo trì định kỳ" "Kính gửi Công ty Acme" "  - acme-web" "thay ổ đĩa"
decoded b > "$work/b"
contains "$work/b" "Scheduled maintenance" "  - beta-web" "Telephone: 024 1"
# One customer never sees another (clause 5), nor does the public.
if grep -qE 'beta|grey' "$exim/mail/it" "$work/it"; then fail "acme sees another customer"; fi
contains "$work/public/notices.ics" "UID:M1." "STATUS:CONFIRMED"
if grep -qE 'acme|beta' "$work"/public/*; then fail "the public sees a customer"; fi
python3 -c 'import json, sys, xml.dom.minidom as x; json.load(open(sys.argv[1])); x.parse(sys.argv[2])' \
    "$work/public/notices.json" "$work/public/notices.atom"

# The server's answers are kept, and what is missing is named.
run_availd maintenance show M1 > "$work/show"
contains "$work/show" "250 OK id=" "550 5.1.1 no such user here" "451 4.7.1 greylisted" "acme: fan_page, direct"
exits 0 run_availd maintenance delivered M1 --channel fan_page --evidence https://social.example/1
exits 0 run_availd maintenance delivered M1 --channel direct --customer acme
exits 0 run_availd maintenance delivered M1 --channel email --customer refused --evidence "by letter"
run_availd maintenance list > "$work/list"
contains "$work/list" "announce before"

# The daemon tries the greylisted one again, and sends nothing twice.
touch "$exim/known"
wait_for 100 has_messages grey 1 || fail "the greylisted message was not tried again"
eventually "the delivery is kept" sh -c "'$availd' maintenance list --config '$config' | grep -q given"
window=M1.$(TZ=$zone date -d "$from" +%F)
exits 69 run_availd maintenance announce "$window"
eventually "a message of the window" has_messages it 2
exits 0 run_availd maintenance delivered "$window" --channel email --customer refused --evidence "by letter"
exits 0 run_availd maintenance announce "$window"
equal "messages to acme after announcing it again" "$(messages_in it)" 2
run_availd exclusion list --format csv > "$work/exclusions.csv"
equal "exclusions" "$(grep -c "^M1\..*,scheduled_maintenance,service:" "$work/exclusions.csv")" 4

# A window that is too late: said once, begun once, ended once, over a restart.
begins=$(($(now_ms) + 4000))
exits 0 run_availd maintenance plan --kind emergency --scope customer:beta --reason "a failing disk" \
    --from "$(rfc3339 $begins)" --to "$(rfc3339 $((begins + 6000)))"
contains "$work/err" "clause 6.2 asks for notice 1 h before" "announced now, it could begin at"
eventually "exclusion_not_admitted" counted exclusion_not_admitted 1
equal "its reason" "$(field exclusion_not_admitted reason)" "no notice recorded"
eventually "maintenance_begins" counted maintenance_begins 1
equal "its severity" "$(severity maintenance_begins)" info
equal "its window" "$(field maintenance_begins plan)" M2
equal "admitted" "$(field maintenance_begins admitted)" no
stop_daemon
start_daemon
eventually "maintenance_ends" counted maintenance_ends 1
eventually "a probe after that" sampled_since "$(now_ms)" 8
equal "maintenance_begins after a restart" "$(count maintenance_begins)" 1
equal "exclusion_not_admitted after a restart" "$(count exclusion_not_admitted)" 1

# The list of exclusions and the samples give the digits of the ledger.
as_of=$(rfc3339 "$(now_ms)")
run_availd exclusion list --format csv --as-of "$as_of" > "$work/exclusions.csv"
{
    echo at,service,state
    ledger "SELECT s.at || ',' || r.service || ',' || CASE s.state WHEN 0 THEN 'up' WHEN 1 THEN 'down' ELSE 'unknown' END
        FROM samples s JOIN series r ON r.id = s.series"
} > "$work/samples.csv"
run_availd report --month "$month" --as-of "$as_of" > "$work/report.csv" 2> /dev/null
run_availd replay --month "$month" --as-of "$as_of" --samples "$work/samples.csv" \
    --exclusions "$work/exclusions.csv" > "$work/replay.csv" 2> /dev/null
cmp "$work/report.csv" "$work/replay.csv" || fail "replay gives other digits"
run_availd report --month "$month" --format json > "$work/report.json"
contains "$work/report.json" '"emergency_windows" : 1'

# A password that is wrong, and a server that hangs: nothing is recorded as delivered, and probing goes on.
from=$(rfc3339 $(($(now_ms) + 72 * 3600000)))
to=$(rfc3339 $(($(now_ms) + 73 * 3600000)))
start_hanging_server "$hanging_port"
exits 0 run_availd maintenance plan --kind scheduled --scope group:rack-3 --from "$from" --to "$to" --reason "a switch"
with_notices "$hanging_port" 20s
kill -HUP "$daemon"
eventually "the reload" grep -q reloaded "$daemon_log"
(run_availd maintenance announce M3 > "$work/announce.out" 2> "$work/announce.err" || echo $? > "$work/announce.status") &
announce=$!
eventually "the daemon and the command wait for the server" sh -c "[ \$(wc -l < '$work/hanging') -ge 2 ]"
eventually "probes while it hangs" sampled_since "$(now_ms)" 12
wait "$announce"
equal "the status" "$(cat "$work/announce.status")" 69
contains "$work/announce.err" "the daemon tries again"
equal "deliveries" "$(ledger "SELECT count(*) FROM notice_results r JOIN notice_attempts a ON a.number = r.attempt
    JOIN notices n ON n.number = a.notice WHERE n.subject = 'M3' AND n.channel = 'email' AND r.outcome = 'delivered'")" 0
with_notices "$mail_port" 5s wrong
from=$(rfc3339 $(($(now_ms) + 96 * 3600000)))
to=$(rfc3339 $(($(now_ms) + 97 * 3600000)))
exits 0 run_availd maintenance plan --kind scheduled --scope customer:beta --from "$from" --to "$to" --reason "a cable"
exits 69 run_availd maintenance announce M4
contains "$work/err" "535"
equal "messages to beta" "$(messages_in b)" 2
stop_daemon
