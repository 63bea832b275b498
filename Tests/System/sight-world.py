"""The rest of the world, behind one cable: servers on many addresses, the name servers of all, and what goes wrong.

    sight-world.py DIRECTORY     in a network namespace of its own; ends when its standard input does

The cable is the device `up0` of that namespace, whose other end is this program: it hands what comes from there to a
namespace of its own (`down0`), in which the servers are, and back, and does to it what DIRECTORY/fault says, a word that
is read anew when the file changes. DIRECTORY/ready appears when everything listens.

    none                nothing
    drop, drop6         nothing comes through, or no IPv6
    drop-net NETWORK …  nothing to those networks, nor from them
    loss30, loss60      of ten packets in each direction these are lost: a fixed pattern, the same each time
    host, net           the next hop answers that the host, or the network, is unreachable
    reset               the next hop resets every connection; what is no TCP comes through
    dns-dead, dns-slow, dns-nxdomain, dns-zone NAME      what the name servers do; the last: SERVFAIL below NAME
"""

import ctypes
import fcntl
import ipaddress
import os
import select
import socket
import struct
import subprocess
import sys
import threading
import time

SERVICES4 = ["203.0.113.%d" % n for n in range(1, 61)]
SERVICES6 = ["2001:db8:cafe::%x" % n for n in range(1, 61)]
OTHERS4 = ["198.51.100.10", "192.0.2.10", "198.51.100.53", "192.0.2.20", "198.51.100.20"]
OTHERS6 = ["2001:db8:aaaa::10", "2001:db8:bbbb::10", "2001:db8:aaaa::20"]
NAMES = {
    "ref-a.example.net": (["192.0.2.20"], ["2001:db8:aaaa::20"]),
    "ref-b.example.org": (["198.51.100.20"], []),
}
for number in range(1, 61):
    zone = "customer-a.test" if number % 2 else "customer-b.test"
    NAMES["w%d.%s" % (number, zone)] = (["203.0.113.%d" % number], ["2001:db8:cafe::%x" % number])

LOSSES = {"loss30": {2, 5, 8}, "loss60": {0, 1, 3, 5, 6, 8}}


class Fault:
    """What goes wrong now."""

    def __init__(self, directory):
        self.path = os.path.join(directory, "fault")
        self.words = ["none"]
        self.stamp = None
        self.counts = [0, 0]

    def look(self):
        try:
            stamp = os.stat(self.path).st_mtime_ns
            if stamp != self.stamp:
                self.words = open(self.path).read().split() or ["none"]
                self.stamp = stamp
                self.counts = [0, 0]
        except FileNotFoundError:
            pass

    def treat(self, packet, outward):
        """What becomes of a packet: "pass", "drop", or an answer to be sent back to whom it came from."""
        word = self.words[0]
        if word == "drop":
            return "drop"
        if word == "drop6":
            return "drop" if packet[0] >> 4 == 6 else "pass"
        if word in LOSSES:
            direction = 0 if outward else 1
            place = self.counts[direction] % 10
            self.counts[direction] += 1
            return "drop" if place in LOSSES[word] else "pass"
        if word == "drop-net":
            start, length = (12, 4) if packet[0] >> 4 == 4 else (8, 16)
            far = ipaddress.ip_address(packet[start + length : start + 2 * length] if outward else packet[start : start + length])
            return "drop" if any(far in ipaddress.ip_network(network) for network in self.words[1:]) else "pass"
        if word in ("host", "net") and outward:
            return unreachable(packet, word)
        if word == "reset" and outward:
            return reset(packet)
        return "pass"


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def pseudo(source, target, length, protocol):
    if len(source) == 4:
        return source + target + struct.pack("!BBH", 0, protocol, length)
    return source + target + struct.pack("!IHBB", length, 0, 0, protocol)


def datagram(source, target, protocol, body):
    if len(source) == 4:
        head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(body), 0, 0, 64, protocol, 0, source, target)
        return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + body
    return struct.pack("!IHBB16s16s", 6 << 28, len(body), protocol, 64, source, target) + body


def unreachable(packet, word):
    """ICMP of the next hop: nothing leads to where the packet goes."""
    if packet[0] >> 4 == 4:
        code = 1 if word == "host" else 0
        body = struct.pack("!BBHI", 3, code, 0, 0) + packet[:28]
        body = body[:2] + struct.pack("!H", checksum(body)) + body[4:]
        return datagram(socket.inet_aton("100.64.0.1"), packet[12:16], 1, body)
    if packet[6] == 58:
        return "drop"
    source = socket.inet_pton(socket.AF_INET6, "2001:db8:ffff::1")
    body = struct.pack("!BBHI", 1, 3 if word == "host" else 0, 0, 0) + packet[:1200]
    total = checksum(pseudo(source, packet[8:24], len(body), 58) + body)
    return datagram(source, packet[8:24], 58, body[:2] + struct.pack("!H", total) + body[4:])


def reset(packet):
    """A TCP reset as if the far end had sent it."""
    if packet[0] >> 4 == 4:
        protocol, start, source, target = packet[9], (packet[0] & 15) * 4, packet[12:16], packet[16:20]
        end = struct.unpack("!H", packet[2:4])[0]
    else:
        protocol, start, source, target = packet[6], 40, packet[8:24], packet[24:40]
        end = 40 + struct.unpack("!H", packet[4:6])[0]
    if protocol != 6:
        return "pass"
    near, far, sequence, _, offset, flags = struct.unpack("!HHIIBB", packet[start : start + 14])
    if flags & 4:
        return "drop"
    length = end - start - (offset >> 4) * 4 + (flags & 1) + (flags >> 1 & 1)
    body = struct.pack("!HHIIBBHHH", far, near, 0, (sequence + length) & 0xFFFFFFFF, 0x50, 0x14, 0, 0, 0)
    total = checksum(pseudo(target, source, len(body), 6) + body)
    return datagram(target, source, 6, body[:16] + struct.pack("!H", total) + body[18:])


# The servers.


def serve_pages(address):
    """On every address of the family of `address`, which is its zero."""
    server = socket.create_server((address, 80), family=socket.AF_INET6 if ":" in address else socket.AF_INET, backlog=512)
    threading.Thread(target=accept_pages, args=(server,), daemon=True).start()


def accept_pages(server):
    poller = select.epoll()
    poller.register(server.fileno(), select.EPOLLIN)
    server.setblocking(False)
    open_connections = {}
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhere\n"
    while True:
        for number, _ in poller.poll():
            if number == server.fileno():
                try:
                    connection, _ = server.accept()
                except OSError:
                    continue
                connection.setblocking(False)
                open_connections[connection.fileno()] = connection
                poller.register(connection.fileno(), select.EPOLLIN)
                continue
            connection = open_connections[number]
            try:
                request = connection.recv(65536)
                if request:
                    connection.send(answer)
            except OSError:
                pass
            poller.unregister(number)
            del open_connections[number]
            connection.close()


def serve_names(fault):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("198.51.100.53", 53))
    while True:
        query, peer = server.recvfrom(4096)
        words = fault.words
        if words[0] == "dns-dead":
            continue
        if words[0] == "dns-slow":
            threading.Timer(9, server.sendto, (answer_to(query, ["none"]), peer)).start()
            continue
        server.sendto(answer_to(query, words), peer)


def answer_to(query, words):
    labels, place = [], 12
    while query[place]:
        labels.append(query[place + 1 : place + 1 + query[place]].decode("ascii", "replace").lower())
        place += 1 + query[place]
    question = query[12 : place + 5]
    name, kind = ".".join(labels), struct.unpack("!H", query[place + 1 : place + 3])[0]
    code, records = 0, []
    if words[0] == "dns-nxdomain" or name not in NAMES:
        code = 3
    elif words[0] == "dns-zone" and name.endswith("." + words[1]):
        code = 2
    elif kind == 1:
        records = [socket.inet_aton(address) for address in NAMES[name][0]]
    elif kind == 28:
        records = [socket.inet_pton(socket.AF_INET6, address) for address in NAMES[name][1]]
    head = query[:2] + struct.pack("!HHHHH", 0x8580 | code, 1, len(records), 0, 0)
    body = b"".join(struct.pack("!HHHIH", 0xC00C, kind, 1, 1, len(record)) + record for record in records)
    return head + question + body


# The cable.


def tunnel(name):
    number = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(number, 0x400454CA, struct.pack("16sH14x", name.encode(), 0x1001))  # TUNSETIFF, TUN without header
    return number


def run(*commands):
    for command in commands:
        subprocess.run(command.split(), check=True)


def main(directory):
    fault = Fault(directory)
    up = tunnel("up0")
    run(
        "ip link set lo up", "ip addr add 100.64.0.2/30 dev up0", "ip addr add 2001:db8:ffff::2/64 dev up0 nodad",
        "ip link set up0 up", "ip route add default via 100.64.0.1 dev up0",
        "ip -6 route add default via 2001:db8:ffff::1 dev up0",
    )
    if ctypes.CDLL(None, use_errno=True).unshare(0x40000000) != 0:  # CLONE_NEWNET
        sys.exit("no namespace for the world: errno %d" % ctypes.get_errno())
    down = tunnel("down0")
    run(
        "ip link set lo up", "ip link set down0 up", "ip route add default dev down0", "ip -6 route add default dev down0",
        *["ip addr add %s/32 dev lo" % address for address in SERVICES4 + OTHERS4],
        *["ip addr add %s/128 dev lo nodad" % address for address in SERVICES6 + OTHERS6],
    )
    serve_pages("0.0.0.0")
    serve_pages("::")
    threading.Thread(target=serve_names, args=(fault,), daemon=True).start()
    open(os.path.join(directory, "ready"), "w").close()
    last = 0
    while True:
        readable, _, _ = select.select([up, down, sys.stdin], [], [], 0.1)
        if time.monotonic() - last > 0.05:
            fault.look()
            last = time.monotonic()
        if sys.stdin in readable and not os.read(0, 1):
            return
        for number in readable:
            if number == up or number == down:
                forward(number, up, down, fault)


def forward(number, up, down, fault):
    try:
        packet = os.read(number, 65536)
    except OSError:
        return  # the cable is out
    found = fault.treat(packet, number == up)
    if found == "drop":
        return
    target = (down if number == up else up) if found == "pass" else number
    try:
        os.write(target, packet if found == "pass" else found)
    except OSError:
        pass


main(sys.argv[1])
