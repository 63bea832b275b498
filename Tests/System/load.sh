# What the tests under load share, beside support.sh: many services, good and bad, whose servers are peers.py, in a
# network of the test's own; and what the ledger must say of them afterwards, judged by judge.py. To be sourced with
# the test's own arguments; needs root.
#
#   $services  the configuration's lines, as add_service collects them
#   $watching  the instant at which the daemon began to watch, ms
#   $used      the processor time of the daemon, percent of a core, until stop_watching
#   $problems  how many scenarios were found wanting
# shellcheck shell=bash

# A network and mounts of its own: every port and every address of 127.0.0.0/8 is free, /etc/resolv.conf and the
# trusted certificates may be others, and nothing of that is seen by anybody else.
if [ -z "${AVAILD_OWN_NETWORK:-}" ]; then
    unshare --mount --net true || exit 1
    AVAILD_OWN_NETWORK=yes exec unshare --mount --net --propagation private bash "$0" "$@"
fi
ip link set lo up
echo 1024 65000 > /proc/sys/net/ipv4/ip_local_port_range

# shellcheck source=Tests/System/support.sh
. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

watching=
used=
problems=0

# start_peers NAME LINES [PROGRAM…]: servers as peers.py reads them, run by PROGRAM; `stop_peers` has their arrivals
# in $work/NAME.arrivals.
declare -A peers=()
start_peers() {
    local name=$1
    printf '%s\n' "$2" > "$work/$name.plan"
    shift 2
    rm -f "$work/$name.ready"
    "$@" python3 "$top/Tests/System/peers.py" "$work/$name.plan" "$work/$name.ready" "$work/$name.arrivals" &
    peers[$name]=$!
    started_pids+=($!)
    eventually "the servers \"$name\" listen" test -e "$work/$name.ready"
}

stop_peers() { end "${peers[$1]}" TERM || true; }

# Certificates for 127.0.2.1 to 127.0.2.9 in $work/peer.pem, by an authority that this test trusts.
make_certificates() {
    local names number
    names=$(for number in 1 2 3 4 5 6 7 8 9; do printf 'IP:127.0.2.%s,' "$number"; done)
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=authority" \
        -keyout "$work/ca.key" -out "$work/ca.pem" 2> "$work/openssl.log"
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=peer" \
        -keyout "$work/peer.key" -out "$work/peer.csr" 2>> "$work/openssl.log"
    openssl x509 -req -in "$work/peer.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial -days 2 \
        -extfile <(echo "subjectAltName=${names%,}") -out "$work/peer.crt" 2>> "$work/openssl.log"
    cat "$work/peer.key" "$work/peer.crt" > "$work/peer.pem"
    mount --bind "$work/ca.pem" /etc/ssl/certs/ca-certificates.crt
}

# add_service ID CUSTOMER URL SETTINGS: a line of the configuration; the customer is added with its first service.
services=
declare -A customers=()
add_service() {
    customers[$2]=yes
    services+="  - {id: $1, customer: $2, paid: [{from: $month-01}], url: \"$3\", $4}"$'\n'
}

# The configuration of the services added, with nothing but the built-in defaults.
write_load_config() {
    local customer
    {
        echo "agreement: {timezone: $zone, objective: 99}"
        echo "customers:"
        for customer in "${!customers[@]}"; do echo "  - {id: $customer}"; done | sort
        echo "services:"
        printf '%s' "$services"
        echo "probing: {allow_addresses: [${1:-127.0.0.0/8}]}"
        echo "state_directory: $work/state"
    } > "$config"
}

# Another scenario: no services, no ledger, nothing said yet.
begin_scenario() {
    services=
    customers=()
    rm -rf "$work/state" "$work"/*.arrivals
    : > "$work/syslog.log"
}

# watch [VARIABLE=VALUE…]: the daemon watches, and is measured from now on.
watch() {
    start_daemon "$@"
    watching=$(now_ms)
    used_before=$(cpu_ms)
}

# stop_watching TITLE: keeps the ledger as it is in $work/kept.sqlite, then ends the daemon, in time and in peace.
# What is in flight then is unknown, rightly, and is not judged.
stop_watching() {
    local began status=0
    watched_until=$(now_ms)
    used=$((($(cpu_ms) - used_before) * 100 / (watched_until - watching)))
    ledger ".backup $work/kept.sqlite"
    began=$(now_ms)
    end "$daemon" TERM || status=$?
    began=$(($(now_ms) - began))
    daemon=
    printf '%s, for %s s, by %s %% of a core; SIGTERM: status %s after %s ms\n' \
        "$1" $(((watched_until - watching) / 1000)) "$used" "$status" "$began"
    [ "$status" -eq 0 ] && [ "$began" -le 5000 ] || complain "SIGTERM: status $status after $began ms"
}

# judge RULES…: prints what the ledger has of each group of services, and complains where it is not as it must be.
judge() {
    python3 "$top/Tests/System/judge.py" "$work/kept.sqlite" "$watching" "$watched_until" "$work" "$@" ||
        complain "the ledger is not as it must be"
}

complain() {
    echo "  WRONG: $*"
    problems=$((problems + 1))
}

# expect WHAT FOUND EXPECTED: like equal, and the test goes on.
expect() { [ "$2" = "$3" ] || complain "$1: found \"$2\", expected \"$3\""; }

# The processor time that the daemon has used so far, in ms.
cpu_ms() {
    local fields
    read -ra fields < <(sed 's/.*) //' "/proc/$daemon/stat")
    echo $(((fields[11] + fields[12]) * 1000 / $(getconf CLK_TCK)))
}

# conclude: the end of the test.
conclude() { [ "$problems" -eq 0 ] || fail "$problems problems, marked WRONG above"; }
