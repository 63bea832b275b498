#!/bin/bash
# The main job, once, on real parts: a real nginx is watched, fails for some seconds, and comes back; a real
# rsyslog writes the alerts; an exclusion is recorded over the outage; the report is shown before and after.
# It installs what is missing (Debian 12 with Swift), builds, runs under a minute, and leaves one folder.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
[ "$(id -u)" -eq 0 ] || exec sudo --preserve-env=PATH "$0" "$@"
# shellcheck source=examples/real-parts.sh
. "$here/examples/real-parts.sh"

install_missing libcurl4-openssl-dev libc-ares-dev libidn2-dev libpcre2-dev zlib1g-dev libbrotli-dev libzstd-dev \
    libsqlite3-dev libyaml-dev pkg-config ca-certificates tzdata \
    nginx-light rsyslog
echo "building (the first time takes some minutes)" >&2
swift build --package-path "$here" -c release --static-swift-stdlib --product availd >&2
availd="$(swift build --package-path "$here" -c release --show-bin-path)/availd"

work=$(mktemp -d "${TMPDIR:-/tmp}/availd-quickstart.XXXXXX")
port=$(free_port)
trap end_real_parts EXIT
month=$(TZ=Asia/Ho_Chi_Minh date +%Y-%m)
# An instant as the files and the command line write it.
now() { date --utc +%Y-%m-%dT%H:%M:%S.%3NZ; }

cat > "$work/availd.yaml" <<YAML
provider: {name: Example Hosting}
agreement: {timezone: Asia/Ho_Chi_Minh, objective: 99, compensation: {currency: VND, tiers: [{below: 99, percent: 10}]}}
defaults: {interval: 1s, timeout: 1s, retry_interval: 500ms, confirm: 2}
customers: [{id: acme, name: Acme Company}]
services:
  - id: acme-web
    customer: acme
    price: 200000
    paid: [{from: "$(now)"}]
    url: http://127.0.0.1:$port/
    expect: {body_contains: Acme}
probing: {allow_addresses: [127.0.0.0/8]}
state_directory: $work/state
YAML

step() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || step() { printf '\n%s\n' "$*"; }
show() { printf '$ availd %s\n' "$*"; "$availd" "$@" --config "$work/availd.yaml"; }
down() { "$availd" status --config "$work/availd.yaml" 2>/dev/null | grep -q ' down '; }

start_nginx
start_rsyslog

step "The plan"
show check-config

step "The daemon watches a real nginx"
(with_our_syslog "$availd" run --config "$work/availd.yaml") 2> "$work/availd.log" &
daemon=$!
started_pids+=("$daemon")
wait_for 20 grep -q watching "$work/availd.log"
cat "$work/availd.log"
sleep 6
show status

step "nginx stops"
outage_from=$(now)
stop_nginx
wait_for 20 logged event=availability_below
sleep 2
start_nginx
wait_for 20 logged event=service_up
sleep 1
outage_to=$(now)

step "What rsyslog wrote"
cat "$work/syslog.log"

step "The report before"
show report --month "$month"

step "The customer's own change was at fault: an exclusion over the outage (clause 3.3)"
show exclusion add --category customer_misconfiguration --scope service:acme-web \
    --from "$outage_from" --to "$outage_to" --evidence "ticket 4711: the customer stopped nginx"
wait_for 20 logged event=availability_restored
tail -n 1 "$work/syslog.log"

step "The report after"
show report --month "$month"

step "Status, and every second explained"
show status
show explain acme-web --month "$month"

step "SIGTERM"
kill -TERM "$daemon"
wait "$daemon" && echo "the daemon ended with status 0"
tail -n 1 "$work/availd.log"
echo
echo "Nothing is left running. Configuration, ledger and logs are in $work"
