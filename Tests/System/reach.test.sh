#!/bin/bash
# Whose fault it is that nobody is reached: what this machine refuses at once is its own, and so are resolvers that answer
# nobody; what comes from elsewhere, and a name that others do not answer for, is down. In a network of the test's own.
if [ -z "${AVAILD_OWN_NETWORK:-}" ]; then
    unshare --mount --net true || exit 1
    AVAILD_OWN_NETWORK=yes exec unshare --mount --net --propagation private bash "$0" "$@"
fi
ip link set lo up
. "$(dirname "$0")/support.sh"

printf 'agreement: {timezone: %s}\nprobing: {allow_addresses: [127.0.0.0/8, 192.0.2.0/24, 198.51.100.0/24, "fd00::/8"]}\n' \
    "$zone" > "$config"

# probes STATUS STATE CAUSE URL: one probe, and what it must come to.
probes() {
    exits "$1" "$availd" probe --config "$config" "$4" --format json
    python3 - "$work/out" "$2" "$3" << 'PY'
import json, sys
probe = json.load(open(sys.argv[1]))["probes"][0]
if (probe["state"], probe["cause"] or "") != (sys.argv[2], sys.argv[3]):
    sys.exit(f"found {probe['state']}: {probe['cause']}, expected {sys.argv[2]}: {sys.argv[3]}")
PY
}

local_route="the monitor's machine has no route to the address"

# No route but to ourselves.
probes 69 unknown "$local_route" http://192.0.2.1/
probes 69 unknown "$local_route" 'http://[fd00::1]/'
ip route add unreachable 198.51.100.0/25
probes 69 unknown "$local_route" http://198.51.100.1/
ip route add prohibit 198.51.100.128/25
probes 69 unknown "the monitor's machine does not permit the connection" http://198.51.100.129/

# A router, behind which the way ends; and a neighbour that does not answer.
unshare --net sleep infinity &
router=$!
started_pids+=("$router")
eventually "the router has a network" eval '[ "$(readlink /proc/$router/ns/net)" != "$(readlink /proc/self/ns/net)" ]'
at_router() { nsenter --target "$router" --net "$@"; }
ip link add inside type veth peer name outside netns "$router"
ip addr add 192.0.2.2/24 dev inside
ip link set inside up
at_router ip addr add 192.0.2.1/24 dev outside
at_router ip link set outside up
at_router sysctl -qw net.ipv4.ip_forward=1
ip route del unreachable 198.51.100.0/25
ip route del prohibit 198.51.100.128/25
ip route add 198.51.100.0/24 via 192.0.2.1
probes 1 down "connection refused" http://192.0.2.1/
probes 1 down "network unreachable, says a router on the way" http://198.51.100.1/
at_router ip route add unreachable 198.51.100.0/25
probes 1 down "no route to host" http://198.51.100.1/
probes 1 down "no route to host" http://192.0.2.77/

# Names. A resolver that is not there, one that is silent, and one that answers for some names.
resolv=$work/resolv.conf
printf 'nameserver 127.0.0.53\n' > "$resolv"
touch /etc/resolv.conf
mount --bind "$resolv" "$(realpath /etc/resolv.conf)"
none="none of the monitor's own name resolvers answers"
probes 69 unknown "$none: they cannot be reached" http://acme.example/
cat > "$work/names.py" << 'PY'
import socket, sys
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.53", 53))
open(sys.argv[1], "w").close()
while True:
    query, peer = server.recvfrom(1500)
    labels, place = [], 12
    while query[place]:
        labels.append(query[place + 1:place + 1 + query[place]].decode())
        place += 1 + query[place]
    name, kind = ".".join(labels), query[place + 2]
    if name.startswith("silent"):
        continue
    code = {"broken.example": 2, "refused.example": 5, "gone.example": 3}.get(name, 0)
    good = code == 0 and kind == 1 and name in ("acme.example", "xn--tn-min-iva0322d.vn", "two.example")
    records = [b"\x7f\x00\x00\x01"] if good else []
    if good and name == "two.example":
        # The first of them is a neighbour that does not answer.
        records = [b"\xc0\x00\x02\x4e", b"\x7f\x00\x00\x01"]
    head = query[:2] + bytes([0x81, 0x80 | code, 0, 1, 0, len(records), 0, 0, 0, 0])
    answer = b"".join(b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x00\x00\x04" + record for record in records)
    server.sendto(head + query[12:place + 5] + answer, peer)
PY
python3 "$work/names.py" "$work/names-ready" &
started_pids+=("$!")
eventually "the name server listens" test -e "$work/names-ready"
start_nginx
probes 0 up "" "http://acme.example:$port/"
probes 0 up "" "http://tên-miền.vn:$port/"
probes 0 up "" "http://two.example:$port/"
probes 1 down "name does not exist: gone.example" http://gone.example/
probes 1 down "name has no address: empty.example" http://empty.example/
probes 1 down "the name servers of broken.example answer SERVFAIL" http://broken.example/
probes 1 down "the name servers of refused.example answer REFUSED" http://refused.example/
probes 1 down "the name servers of silent.example do not answer" http://silent.example/
