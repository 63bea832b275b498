# What the system tests share: a real availd, watching a real nginx and writing to a real rsyslog, in a folder of
# its own. To be sourced; needs root, as the real parts do.
#
#   $work      the folder everything lives in; it goes with the test
#   $config    the configuration, as write_config leaves it
#   $daemon    the process id of the availd that start_daemon started last
#   $month     the running month in the agreement's zone
# shellcheck shell=bash
set -Eeuo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=examples/real-parts.sh
. "$top/examples/real-parts.sh"

zone=Asia/Ho_Chi_Minh
availd=${AVAILD:-$(swift build --package-path "$top" --show-bin-path)/availd}
work=$(mktemp -d "${TMPDIR:-/tmp}/availd-system.XXXXXX")
config=$work/availd.yaml
daemon_log=$work/availd.log
port=$(free_port)
month=$(TZ=$zone date +%Y-%m)
daemon=

trap 'echo "${BASH_SOURCE[0]##*/}, line $LINENO, status $?: $BASH_COMMAND" >&2' ERR
trap finish EXIT

# A failed test shows what the parts had to say; either way it leaves nothing.
finish() {
    local status=$?
    trap - ERR EXIT
    if [ "$status" -ne 0 ]; then
        for log in "$work"/availd*.log "$work/syslog.log"; do
            [ -s "$log" ] && printf -- '--- %s\n' "${log##*/}" && tail -n 20 "$log"
        done >&2
    fi
    end_real_parts
    if mountpoint -q "$work/disk"; then umount "$work/disk"; fi
    [ -n "${KEEP:-}" ] || rm -rf "$work"
    exit "$status"
}

# MARK: Parts

# write_config [SERVICE-LINES]: probes every second; the default is one service on our nginx.
write_config() {
    local services=${1:-"  - {id: acme-web, customer: acme, paid: [{from: $month-01}], url: http://127.0.0.1:$port/}"}
    cat > "$config" <<YAML
agreement: {timezone: $zone, objective: 99}
defaults: {interval: 1s, timeout: 1s, retry_interval: 500ms, confirm: 2${stale_after:+, stale_after: $stale_after}}
customers: [{id: acme, name: Acme Company}]
services:
$services
probing: {allow_addresses: [127.0.0.0/8]}
state_directory: $work/state
YAML
}

# start_daemon [VARIABLE=VALUE…]: returns when it says that it watches; what it logs is in $daemon_log.
start_daemon() {
    if [ -e "$daemon_log" ]; then cat "$daemon_log" >> "$work/availd.before.log"; fi
    : > "$daemon_log"
    (with_our_syslog env "$@" "$availd" run --config "$config") 2> "$daemon_log" &
    daemon=$!
    started_pids+=("$daemon")
    eventually "the daemon watches" grep -q watching "$daemon_log"
}

# stop_daemon [SIGNAL [STATUS]]: ends the daemon; after SIGTERM its status must be STATUS, or 0.
stop_daemon() {
    local signal=${1:-TERM} expected=${2:-0} status=0
    end "$daemon" "$signal" || status=$?
    [ "$signal" = KILL ] || equal "the daemon's exit status" "$status" "$expected"
    daemon=
}

# A server on $1 that takes a connection and never answers; $work/hanging appears when somebody waits.
start_hanging_server() {
    python3 -c '
import socket, sys
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
waiting = []
while True:
    waiting.append(server.accept())
    open(sys.argv[2], "a").write("waits\n")' "$1" "$work/hanging" &
    started_pids+=($!)
    eventually "the hanging server listens" listens "$1"
}

listens() { ss -Hltn "sport = :$1" | grep -q .; }

# MARK: What can be seen

# run_availd COMMAND…: with this test's configuration.
run_availd() { "$availd" "$@" --config "$config"; }

# What the ledger answers to a query, read beside the daemon; columns are separated by |.
ledger() { sqlite3 -readonly -cmd '.timeout 10000' "$work/state/ledger.sqlite" "$1"; }

# Every sample: series|at|state.
samples() { ledger 'SELECT series, at, state FROM samples ORDER BY series, at'; }

# count EVENT [TEXT]: how many lines rsyslog wrote of it, with TEXT in them.
count() { grep -- "event=$1 " "$work/syslog.log" | grep -c -- "${2:-}" || true; }

counted() { [ "$(count "$1" "${3:-}")" -eq "$2" ]; }

# field EVENT KEY: the value in the latest line of that event.
field() {
    grep -- "event=$1 " "$work/syslog.log" | tail -n 1 | grep -oP "(?<= $2=)(\"(\\\\.|[^\"\\\\])*\"|[^ ]+)" | tr -d '"'
}

# severity EVENT: of its latest line.
severity() { grep -- "event=$1 " "$work/syslog.log" | tail -n 1 | cut -d ' ' -f 2; }

# The state of a service by `availd status`.
state() { run_availd status "${1:-acme-web}" --format json | grep -oP '"state" *: *"\K[a-z]+'; }
state_is() { [ "$(state "${2:-acme-web}")" = "$1" ]; }

# spans SERVICE CLASS [WHY]: how many lines of that class `availd explain` has, with WHY in them.
spans() { run_availd explain "$1" --month "$month" | grep -E "^[0-9].* $2 " | grep -c -- "${3:-}" || true; }

# messages EVENT: how many different lines rsyslog wrote of it.
messages() { grep -o -- "event=$1 .*" "$work/syslog.log" | sort -u | wc -l; }

messages_are() { [ "$(messages "$1")" -eq "$2" ]; }

# sampled_since INSTANT [COUNT]: COUNT probes that began at INSTANT (ms) or later are in the ledger.
sampled_since() { [ "$(ledger "SELECT count(*) FROM samples WHERE at >= $1")" -ge "${2:-1}" ]; }

# How many alerts wait for a syslog that listens.
waiting_alerts() { ledger 'SELECT count(*) FROM outbox WHERE id NOT IN (SELECT outbox FROM outbox_deliveries)'; }
waiting_alerts_are() { [ "$(waiting_alerts)" = "$1" ]; }

now_ms() { date +%s%3N; }
is_past() { [ "$(now_ms)" -gt "$1" ]; }
to_ms() { date -d "$1" +%s%3N; }
# An instant as people write it, in the agreement's zone: $1 ms since the epoch.
rfc3339() { TZ=$zone date -d "@$(($1 / 1000)).$(printf %03d $(($1 % 1000)))" +%Y-%m-%dT%H:%M:%S.%3N%:z; }

# MARK: Judging

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# eventually WHAT COMMAND…: the command succeeds within a minute.
eventually() {
    local what=$1
    shift
    wait_for 60 "$@" || fail "not seen within a minute: $what"
}

# equal WHAT FOUND EXPECTED
equal() { [ "$2" = "$3" ] || fail "$1: found \"$2\", expected \"$3\""; }

# between WHAT FOUND LEAST MOST
between() { [ "$2" -ge "$3" ] && [ "$2" -le "$4" ] || fail "$1: found $2, expected $3 to $4"; }

# contains FILE TEXT…: every text is there, to the letter.
contains() {
    local file=$1 text
    shift
    for text in "$@"; do
        grep -qF -- "$text" "$file" || fail "\"$text\" is not in ${file##*/}: $(cat "$file")"
    done
}

# exits STATUS COMMAND…: and leaves its output in $work/out and $work/err.
exits() {
    local expected=$1 found=0
    shift
    "$@" > "$work/out" 2> "$work/err" || found=$?
    [ "$found" -eq "$expected" ] || fail "status $found, expected $expected: $* ($(cat "$work/err"))"
}
