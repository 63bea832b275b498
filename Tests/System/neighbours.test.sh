#!/bin/bash
# Twenty-five addresses where everything hangs, and names that nobody resolves, take nothing from their neighbours:
# each healthy service is probed on time and up, each hung one is down from its first sample on.
#
#   127.0.1.1–25    hung, of 25 customers: a full queue, a black hole, accepts and never answers, in turn
#   127.0.2.1–5     healthy: "own" ones of customers that have nothing else, "shared" ones of those with the hung ones
#
# NEIGHBOURS_PER_ADDRESS (40), NEIGHBOURS_ADDRESSES (25), NEIGHBOURS_HEALTHY (100), NEIGHBOURS_KIND (full, hole, hang;
# otherwise all three), NEIGHBOURS_INTERVAL and NEIGHBOURS_TIMEOUT of the hung ones (10, 10), of the healthy ones
# NEIGHBOURS_HEALTHY_INTERVAL (2), NEIGHBOURS_SECONDS (30) of each scenario, which must be longer than an interval and a
# timeout, NEIGHBOURS_NAMES (1000) hung names; 0 leaves the second scenario out. For half of six thousand:
#
#   NEIGHBOURS_PER_ADDRESS=120 NEIGHBOURS_HEALTHY=3000 NEIGHBOURS_HEALTHY_INTERVAL=10 NEIGHBOURS_INTERVAL=60 \
#   NEIGHBOURS_SECONDS=180 NEIGHBOURS_NAMES=0 bash Tests/System/neighbours.test.sh
. "$(dirname "$0")/load.sh"

per_address=${NEIGHBOURS_PER_ADDRESS:-40}
addresses=${NEIGHBOURS_ADDRESSES:-25}
healthy=${NEIGHBOURS_HEALTHY:-100}
interval=${NEIGHBOURS_INTERVAL:-10}
timeout=${NEIGHBOURS_TIMEOUT:-10}
healthy_interval=${NEIGHBOURS_HEALTHY_INTERVAL:-2}
seconds=${NEIGHBOURS_SECONDS:-30}
hung_names=${NEIGHBOURS_NAMES:-1000}
start_rsyslog

# add_healthy ID HOST: a healthy service; every other one is of a customer with hung ones.
add_healthy() {
    local number=${1##*-} customer=own-$((10#${1##*-} % 10))
    [[ $1 != shared-* ]] || customer=hung-$((10#$number % addresses + 1))
    add_service "$1" "$customer" "http://$2:8000/$1" "interval: ${healthy_interval}s"
}

begin_watching() {
    write_load_config
    start_peers healthy "$good"
    watch
    sleep "$seconds"
}

healthy_ms=$((healthy_interval * 1000))
conclude_scenario() {
    stop_watching "$1"
    stop_peers healthy
    judge "own-* interval=$healthy_ms state=up arrive=1000" "shared-* interval=$healthy_ms state=up arrive=1000" "${@:2}"
    expect "healthy ones that were said to be down" \
        "$(grep -cE 'event=service_down service=(own|shared)-' "$work/syslog.log" || true)" 0
}

# MARK: Addresses

begin_scenario
kinds=(full hole hang)
bad=''
good=''
for ((address = 1; address <= addresses; address++)); do
    kind=${NEIGHBOURS_KIND:-${kinds[address % 3]}}
    bad+="$kind 127.0.1.$address 8000"$'\n'
    for ((number = 1; number <= per_address; number++)); do
        add_service "hung-$kind-$address-$number" "hung-$address" "http://127.0.1.$address:8000/" \
            "interval: ${interval}s, timeout: ${timeout}s"
    done
done
for address in 1 2 3 4 5; do good+="good 127.0.2.$address 8000"$'\n'; done
for ((number = 1; number <= healthy; number++)); do
    kinds=(shared own)
    add_healthy "${kinds[number % 2]}-$number" "127.0.2.$((number % 5 + 1))"
done
start_peers bad "$bad"
begin_watching
conclude_scenario "neighbours: $addresses addresses with $per_address hung services each, every $interval s, and $healthy healthy ones" \
    "hung-* interval=${interval}000 state=down takes=${timeout}000 late=$((timeout * 1000 + 1000))"
expect "measurement_lost" "$(count measurement_lost)" 0
stop_peers bad

# MARK: Names

[ "$hung_names" -gt 0 ] || { conclude; exit; }
# A name server of our own: silent about one zone, late with another. What hung names are is not judged here.
begin_scenario
echo "nameserver 127.0.3.1" > "$work/resolv.conf"
mount --bind "$work/resolv.conf" "$(readlink -f /etc/resolv.conf)"
start_peers names "names 127.0.3.1 53 answer=127.0.2.1 delay=3"
for ((number = 1; number <= hung_names; number++)); do
    zone_of=silent
    [ $((number % 4)) -ne 0 ] || zone_of=slow
    add_service "name-$zone_of-$number" "hung-$((number % addresses + 1))" "http://host-$number.$zone_of.test:8000/" \
        "interval: ${interval}s, timeout: ${timeout}s"
done
for ((number = 1; number <= healthy; number++)); do
    add_healthy "${kinds[number % 2]}-$number" "host-$number.live.test"
done
begin_watching
conclude_scenario "neighbours: $hung_names names that hang or are slow, every $interval s, and $healthy healthy ones" \
    "name-silent-* interval=${interval}000 unknown=any late=any" \
    "name-slow-* interval=${interval}000 unknown=any late=any"
echo "  measurement_lost: $(count measurement_lost)"
conclude
