#!/bin/bash
# Sixty healthy services behind a network of the test's own, which fails in one way after the other: nobody is down, but
# where the data centre itself is dark. Each fault has namespaces, a world and a daemon of its own; several run side by
# side. See sight-scenario.sh and sight-world.py.
#
#   SIGHT="drop dark" Tests/System/sight.test.sh    those alone
. "$(dirname "$0")/support.sh"

declare -A faults=(
    [link]="sh:ip link set up0 down|ip link set up0 up; ip route add default via 100.64.0.1 dev up0; ip addr add 2001:db8:ffff::2/64 dev up0 nodad; ip -6 route add default via 2001:db8:ffff::1 dev up0"
    [neighbour]="sh:ip link add n0 type veth peer name n1; ip addr add 100.64.1.2/24 dev n0; ip addr add 2001:db8:fffe::2/64 dev n0 nodad; ip link set n0 up; ip link set n1 up; ip route replace default via 100.64.1.1 dev n0; ip -6 route replace default via 2001:db8:fffe::1 dev n0|ip route replace default via 100.64.0.1 dev up0; ip -6 route replace default via 2001:db8:ffff::1 dev up0"
    [output]="sh:tc qdisc add dev up0 root blackhole|tc qdisc del dev up0 root"
    [boot]=drop [drop]=drop [drop6]=drop6 [host]=host [net]=net [reset]=reset [loss30]=loss30 [loss60]=loss60
    [loss30-slow]=loss30 [loss60-slow]=loss60
    [dns-dead]=dns-dead [dns-slow]=dns-slow [dns-nxdomain]=dns-nxdomain [dns-zone]="dns-zone customer-a.test"
    [carrier]="drop-net 203.0.113.0/28" [dark]="drop-net 203.0.113.0/24 2001:db8:cafe::/48"
)
chosen=${SIGHT:-${!faults[*]}}
export OUT=$work/out
mkdir -p "$OUT"

# Checks that give TCP the time to repeat what was lost.
rhythm() {
    case $1 in
        loss*-slow) echo "INTERVAL=10s TIMEOUT=8s" ;;
        boot) echo "BOOT=1" ;;
    esac
}
# Who is to be down, as the fault is theirs.
guilty() {
    case $1 in
        carrier) seq -f 's%02.0f' 1 15 ;;
        dark) seq -f 's%02.0f' 1 60 ;;
        dns-zone) seq -f 's%02.0f' 41 2 60 ;;
    esac
}

running=0
for name in $chosen; do
    [ "$running" -lt "${SIGHT_AT_ONCE:-8}" ] || { wait -n && running=$((running - 1)); } || running=$((running - 1))
    # shellcheck disable=SC2046
    (env AVAILD="$availd" GUILTY="$(guilty "$name" | xargs)" $(rhythm "$name") unshare --net --mount \
        bash "$top/Tests/System/sight-scenario.sh" "$name" "${faults[$name]}" > "$work/$name.log" 2>&1 || touch "$work/$name.failed") &
    running=$((running + 1))
done
wait

# found NAME WORD: the figure of that scenario, without its fraction.
found() { sed -n "s/^$2 \([0-9]*\).*/\1/p" "$OUT/$1"; }

printf '%-14s %7s %7s %7s %6s %6s %6s %6s %6s %6s\n' \
    fault false_s down_s void_s downs shared lost again lines incid
for name in $chosen; do
    [ ! -e "$work/$name.failed" ] || fail "$name: $(tail -n 40 "$work/$name.log")"
    row=("$name")
    for word in false_down_s down_s blind_s service_down shared_failure measurement_lost measurement_restored lines incidents; do
        row+=("$(found "$name" "$word")")
    done
    printf '%-14s %7s %7s %7s %6s %6s %6s %6s %6s %6s\n' "${row[@]}"
done

for name in $chosen; do
    case $name in
        # What is left where some references answer: of 2,400 s.
        loss30) between "$name: false down, s" "$(found "$name" false_down_s)" 0 120 ;;
        loss60 | loss60-slow) between "$name: false down, s" "$(found "$name" false_down_s)" 0 900 ;;
        *) equal "$name: false down, s" "$(found "$name" false_down_s)" 0 ;;
    esac
    case $name in
        # The data centre itself: in full from its first failed probe, one incident, a handful of lines.
        dark)
            between "dark: down, s" "$(found dark down_s)" 2000 2700
            between "dark: the least of each, s" "$(found dark least_down_s)" 33 47
            equal "dark: incidents" "$(found dark incidents)" 1
            equal "dark: service_down" "$(found dark service_down)" 0
            equal "dark: shared_failure" "$(found dark shared_failure)" 1
            equal "dark: measurement_lost" "$(found dark measurement_lost)" 0
            between "dark: lines" "$(found dark lines)" 2 8 ;;
        # One carrier's group: its outage is seen, as one incident.
        carrier)
            equal "carrier: service_down" "$(found carrier service_down)" 15
            equal "carrier: incidents" "$(found carrier incidents)" 1 ;;
        dns-zone) equal "dns-zone: measurement_lost" "$(found dns-zone measurement_lost)" 0 ;;
        loss*) ;;
        # Blind: nobody is down, no incident, one loss and its end.
        *)
            equal "$name: service_down" "$(found "$name" service_down)" 0
            equal "$name: incidents" "$(found "$name" incidents)" 0
            equal "$name: measurement_lost" "$(found "$name" measurement_lost)" 1
            equal "$name: measurement_restored" "$(found "$name" measurement_restored)" 1
            contains "$OUT/$name.explained" "the monitor could not see" ;;
    esac
done
