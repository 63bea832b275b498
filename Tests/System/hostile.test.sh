#!/bin/bash
# Servers that do their worst for as long as they are let: floods and drips of TLS, HTTP and greetings. They are down,
# the daemon has time for the others, who lose nothing, and it ends in peace while they are at work.
#
# Five of them at a time, each of another kind. HOSTILE_EACH=yes: each kind alone, five of it. HOSTILE_ONLY="KIND…" are
# the kinds to be tried so; HOSTILE_SECONDS (8) a case; HOSTILE_INTERVAL and HOSTILE_TIMEOUT (2000, 1500) in ms.
. "$(dirname "$0")/load.sh"

seconds=${HOSTILE_SECONDS:-8}
interval=${HOSTILE_INTERVAL:-2000}
timeout=${HOSTILE_TIMEOUT:-1500}
cases=(
    "tls-hello-requests tls-small-requests tls-fragments tls-drip tls-early-requests"
    "tls-mixed tls-empty-records tls-alerts tls-spaced-alerts tls-change-cipher"
    "tls-certificate tls-slow-certificate tls-tickets tls-key-updates http-early-reset"
    "http-chunk-extension http-chunk-extensions http-chunk-size http-chunks http-trailers"
    "http-interim http-hints http-header http-headers http-status"
    "http-gzip http-gzip-chunks http-drip http-slow-headers http-redirect"
    "smtp-lines smtp-line imap-lines imap-line pop3-line pop3-lines"
)
if [ -n "${HOSTILE_ONLY:-}" ]; then
    read -ra cases <<< "$HOSTILE_ONLY"
elif [ -n "${HOSTILE_EACH:-}" ]; then
    read -ra cases <<< "${cases[*]}"
fi
make_certificates
start_rsyslog

try() {
    local kinds=("$@") kind hosts number bad='' rules=() scheme
    # Five all in all, or of the one kind there is.
    [ $# -gt 1 ] || kinds=("$1" "$1" "$1" "$1" "$1")
    begin_scenario
    number=0
    for kind in "${kinds[@]}"; do
        number=$((number + 1))
        scheme=${kind%%-*}
        [ "$scheme" != tls ] || scheme=https
        bad+="$kind 127.0.2.$((number % 5 + 5)) $((8000 + number)) certificate=$work/peer.pem"$'\n'
        add_service "$kind-$number" hostile "$scheme://127.0.2.$((number % 5 + 5)):$((8000 + number))" \
            "interval: ${interval}ms, timeout: ${timeout}ms, retry_interval: ${interval}ms$([ "$scheme" != http ] || echo ", redirects: 10")"
    done
    for kind in $(printf '%s\n' "${kinds[@]}" | sort -u); do
        case $kind in
            # A body of 1 MiB is all that is read: an answer that has sent so much is complete.
            http-chunks | http-drip) rules+=("$kind-[0-9]* interval=$interval takes=$timeout late=any causes=show") ;;
            *) rules+=("$kind-[0-9]* interval=$interval state=down takes=$timeout late=any causes=show") ;;
        esac
    done
    for ((number = 1; number <= 20; number++)); do
        add_service "good-$((number % 2 + 1))-$number" own "http://127.0.2.1:8000/good-$((number % 2 + 1))-$number" \
            "interval: $((number % 2 + 1))s"
        add_service "good-$((number % 2 + 1))-$number-tls" own \
            "https://127.0.2.2:8443/good-$((number % 2 + 1))-$number-tls" "interval: $((number % 2 + 1))s"
    done
    write_load_config
    start_peers other "good 127.0.2.1 8000"$'\n'"good 127.0.2.2 8443 certificate=$work/peer.pem"
    # They would take the processor from the rest.
    start_peers bad "$bad" nice -n 10
    watch
    sleep "$seconds"
    stop_watching "hostile, ${kinds[*]}"
    stop_peers bad
    stop_peers other
    judge "good-1-* interval=1000 state=up arrive=1000" "good-2-* interval=2000 state=up arrive=1000" "${rules[@]}"
    [ "$used" -lt 60 ] || complain "the daemon used $used % of a core"
    expect "measurement_lost" "$(count measurement_lost)" 0
}

# shellcheck disable=SC2086
for kinds in "${cases[@]}"; do try $kinds; done
conclude
