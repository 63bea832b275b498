#!/bin/bash
# The daemon itself stands still, for 3 s, for 15 s and for 3 s again, as on a machine that is suspended or starved:
# what it missed says nothing about anybody. Nobody who answers is down, and no latency has the stall in it. It is
# stopped wherever it is, and twice more in the middle of a turn: before it asks what has come, and before it reads it.
#
#   healthy  ↑↑↑↑ ┄┄┄┄┄┄┄┄ ↑↑↑↑    or unknown around the stall
#   hung     ↓↓↓↓ ┄┄┄┄┄┄┄┄ ↓↓↓↓    likewise
#
# STALL_SECONDS (15) is the length of the long one.
. "$(dirname "$0")/load.sh"

long=${STALL_SECONDS:-15}
make_certificates
start_peers bad "hang 127.0.1.1 8000
hang 127.0.1.2 8000"
start_peers other "good 127.0.2.1 8000
good 127.0.2.2 8443 certificate=$work/peer.pem
$(for address in 3 4 5; do
    echo "slow 127.0.2.$address 8000 delay=0.3"
    echo "slow 127.0.2.$address 8001 delay=0.5"
    echo "slow 127.0.2.$address 8443 delay=0.5 certificate=$work/peer.pem"
done)"
# Short timeouts, so that each stall is longer than any; and nothing is still in flight when it is due again, so that
# whatever is unknown is so because of a stall.
for ((number = 1; number <= 20; number++)); do
    for interval in 1 2; do
        timing="interval: ${interval}s, timeout: 900ms"
        id=$interval-$number
        host=127.0.2.$((number % 3 + 3))
        add_service "good-$id" own "http://127.0.2.1:8000/good-$id" "$timing"
        add_service "good-$id-tls" own "https://127.0.2.2:8443/good-$id-tls" "$timing"
        add_service "slow-$id" own "http://$host:$((8000 + number % 2))/slow-$id" "$timing"
        add_service "slow-$id-tls" own "https://$host:8443/slow-$id-tls" "$timing"
    done
    add_service "hung-2-$number" other "http://127.0.1.1:8000/" "interval: 2s, timeout: 1500ms, retry_interval: 2s"
    add_service "hung-5-$number" other "https://127.0.1.2:8000/" "interval: 5s, timeout: 2s, retry_interval: 5s"
done
write_load_config
start_rsyslog
mkdir "$work/stop"
clang -shared -fPIC -O1 -Wall -Werror -o "$work/stop-inside.so" "$top/Tests/System/stop-inside.c"
watch LD_PRELOAD="$work/stop-inside.so" AVAILD_TEST_STOP="$work/stop"
sleep 8

# stall SECONDS [CALL]: stops it, at its next CALL where one is named. Around it, from a timeout and a half second before to a timeout and two intervals after it, much may be unknown.
pauses=''
stall() {
    local began
    began=$(now_ms)
    if [ -n "${2:-}" ]; then touch "$work/stop/$2"; else kill -STOP "$daemon"; fi
    eventually "it is stopped" grep -q '^State:.*stopped' "/proc/$daemon/status"
    sleep "$1"
    kill -CONT "$daemon"
    pauses+=${pauses:+,}$((began - 2500))-$(($(now_ms) + 2500))
}
stall 3
sleep 8
stall "$long"
sleep 8
stall 3
for call in epoll_wait recv; do
    sleep 8
    stall 2 "$call"
done
sleep 10
stop_watching "stall, of 3 s, $long s and 3 s, and twice of 2 s in a turn"
stop_peers other

rules=()
for interval in 1 2; do
    rules+=("good-$interval-* interval=${interval}000 state=up total=800 arrive=1000 pauses=$pauses"
        "slow-$interval-* interval=${interval}000 state=up total=899 arrive=1000 pauses=$pauses takes=1000")
done
judge "${rules[@]}" "hung-2-* interval=2000 state=down late=3000 takes=1500 pauses=$pauses" \
    "hung-5-* interval=5000 state=down late=4000 takes=2000 pauses=$pauses"
expect "healthy ones that were said to be down" \
    "$(grep -cE 'event=service_down service=(good|slow)-' "$work/syslog.log" || true)" 0
expect "outages of healthy ones in the report" "$(run_availd report --month "$month" |
    awk -F, '$3 ~ /^(good|slow)-/ && $21 != 0' | wc -l)" 0
conclude
