"""Stands in for systemd: writes each datagram of sd_notify(3) that comes to the socket argv[1] as a line of argv[2],
its own lines joined by |, with whether the ledger argv[3] is there and the monotonic clock in µs at that moment."""

import os
import socket
import sys
import time

path, output, ledger = sys.argv[1:]
listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind(path)
with open(output, "a", buffering=1) as lines:
    while True:
        message = listener.recv(65536).decode()
        there = "yes" if os.path.exists(ledger) else "no"
        now = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        lines.write(f"{message.strip().replace(chr(10), '|')}|ledger={there}|received={now}\n")
