#!/bin/bash
# Reloads under load invent nothing: however often and however fast they come, whatever is in flight or waits for its
# turn, no sample is unknown, nobody who answers loses a probe, and what hangs stays down.
#
# RELOAD_PER_ADDRESS (30) hung services at each of RELOAD_ADDRESSES (20), RELOAD_ROUNDS (3) rounds of reloads.
. "$(dirname "$0")/load.sh"

per_address=${RELOAD_PER_ADDRESS:-30}
addresses=${RELOAD_ADDRESSES:-20}
rounds=${RELOAD_ROUNDS:-3}
make_certificates
bad=''
# Where nothing is reloaded, the probe of a hung one is over before the next is due, also if it waits for its turn.
for ((address = 1; address <= addresses; address++)); do
    bad+="hang 127.0.1.$address 8000"$'\n'
    for ((number = 1; number <= per_address; number++)); do
        add_service "hung-$address-$number" "hung-$address" "http://127.0.1.$address:8000/" \
            "interval: 10s, timeout: 6s"
    done
done
for ((number = 1; number <= 40; number++)); do
    add_service "good-$number" own "http://127.0.2.1:8000/good-$number" "interval: 1s"
    add_service "good-$number-tls" own "https://127.0.2.2:8443/good-$number-tls" "interval: 1s"
    add_service "slow-$number" own "http://127.0.2.3:8000/slow-$number" "interval: 2s"
done
write_load_config
start_peers bad "${bad}hang 127.0.1.200 8000"
start_peers other "good 127.0.2.1 8000
good 127.0.2.2 8443 certificate=$work/peer.pem
slow 127.0.2.3 8000 delay=0.7
good 127.0.2.4 8000"
start_rsyslog
watch

reloads() { grep -c "reloaded: watching" "$daemon_log" || true; }
# reload [COUNT]: signals without a pause; each is followed, or the last of several at once.
reload() {
    local before i
    before=$(reloads)
    for ((i = 0; i < ${1:-1}; i++)); do kill -HUP "$daemon"; done
    eventually "a reload" eval '[ "$(reloads)" -gt '"$before"' ]'
}

sleep 6
for ((round = 1; round <= rounds; round++)); do
    reload
    reload 5
    sleep 2
    # Other addresses may be spoken to, ours as before.
    write_load_config "127.0.0.0/8, 10.$round.0.0/16"
    reload
    sleep 2
    # Two more, then two less; one of them hangs, and leaves with its probe in flight.
    before=$services
    add_service "new-$round" own "http://127.0.2.4:8000/new-$round" "interval: 1s"
    add_service "leaving-$round" own "http://127.0.1.200:8000/" "interval: 2s, timeout: 1900ms, retry_interval: 2s"
    write_load_config
    reload 2
    sleep 3
    services=$before
    write_load_config
    reload
    for i in 1 2 3 4 5; do
        reload
        sleep 0.3
    done
done
sleep 6
stop_watching "reload-load, $(reloads) reloads with $((addresses * per_address)) hung and 120 healthy services"
stop_peers other
equal "refused reloads" "$(grep -c 'not reloaded' "$daemon_log" || true)" 0
judge "good-* interval=1000 state=up arrive=1000" "slow-* interval=2000 state=up arrive=1000 takes=700" \
    "new-* interval=1000 state=up late=any" \
    "leaving-* interval=2000 state=down late=any" "hung-* interval=10000 state=down takes=6000 late=7000"
expect "unknown samples" "$(sqlite3 "$work/kept.sqlite" "SELECT count(*) FROM samples WHERE state = 2")" 0
expect "healthy ones that were said to be down" \
    "$(grep -cE 'event=service_down service=(good|slow|new)-' "$work/syslog.log" || true)" 0
expect "measurement_lost" "$(count measurement_lost)" 0
conclude
