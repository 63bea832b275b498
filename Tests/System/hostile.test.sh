#!/bin/bash
# Servers that do their worst for as long as they are let: floods and drips of TLS, HTTP and greetings. They are down,
# the daemon has time for the others, who lose nothing, and it ends in peace while they are at work.
#
# About five of them at a time, each of another kind. HOSTILE_EACH=yes: each kind alone, five of it; HOSTILE_ONLY are
# the kinds to be tried so. HOSTILE_SECONDS (7) a case; HOSTILE_INTERVAL and HOSTILE_TIMEOUT (2000, 1500) in ms.
. "$(dirname "$0")/load.sh"

seconds=${HOSTILE_SECONDS:-7}
interval=${HOSTILE_INTERVAL:-2000}
timeout=${HOSTILE_TIMEOUT:-1500}
cases=(
    "tls-hello-requests tls-small-requests tls-fragments tls-drip tls-early-requests"
    "tls-mixed tls-empty-records tls-alerts tls-spaced-alerts tls-change-cipher"
    "tls-certificate tls-slow-certificate tls-tickets tls-key-updates http-early-reset"
    "http-chunk-extension http-chunk-extensions http-chunk-size http-chunks http-trailers"
    "http-interim http-hints http-header http-headers http-status"
    "http-gzip http-gzip-chunks http-drip http-slow-headers http-redirect"
    "https-chunk-extension https-gzip https-chunks https-records"
    "smtp-lines smtp-line smtp-extensions imap-line imap-capabilities pop3-lines pop3-line pop3-capabilities"
)
if [ -n "${HOSTILE_ONLY:-}" ]; then
    read -ra cases <<< "$HOSTILE_ONLY"
elif [ -n "${HOSTILE_EACH:-}" ]; then
    read -ra cases <<< "${cases[*]}"
fi
make_certificates
start_rsyslog

try() {
    local kinds=("$@") kind hosts number bad='' rules=() scheme state id
    # Five all in all, or of the one kind there is.
    [ $# -gt 1 ] || kinds=("$1" "$1" "$1" "$1" "$1")
    local timing="interval: ${interval}ms, timeout: ${timeout}ms, retry_interval: ${interval}ms"
    begin_scenario
    number=0
    for kind in "${kinds[@]}"; do
        number=$((number + 1))
        scheme=${kind%%-*}
        [ "$scheme" != tls ] || scheme=https
        bad+="$kind 127.0.2.$((number % 5 + 5)) $((8000 + number)) certificate=$work/peer.pem"$'\n'
        add_service "$kind-$number" hostile "$scheme://127.0.2.$((number % 5 + 5)):$((8000 + number))" \
            "$timing$([ "$scheme" != http ] || echo ", redirects: 10")"
    done
    for kind in $(printf '%s\n' "${kinds[@]}" | sort -u); do
        case $kind in
            # A body of 1 MiB is all that is read, and a greeting all that is waited for: both may be complete.
            http-chunks | http-drip | https-chunks | https-records | smtp-extensions | *-capabilities) state='' ;;
            *) state=state=down ;;
        esac
        rules+=("$kind-[0-9]* interval=$interval $state takes=$timeout late=any causes=show")
    done
    for ((number = 1; number <= 20; number++)); do
        id=good-$((number % 2 + 1))-$number
        add_service "$id" own "http://127.0.2.1:8000/$id" "interval: $((number % 2 + 1))s"
        add_service "$id-tls" own "https://127.0.2.2:8443/$id-tls" "interval: $((number % 2 + 1))s"
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
