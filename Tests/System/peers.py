"""Servers of the tests under load, good and bad, as many as are wanted in one process.

    peers.py PLAN READY ARRIVALS

PLAN has a server a line: `BEHAVIOUR ADDRESS PORT [key=value…]`, all of them below. READY appears when all listen.
ARRIVALS gets a line `PATH MS` for each request that a good or slow server has read; it is complete at SIGTERM.
"""

import asyncio
import ctypes
import gc
import logging
import resource
import signal
import socket
import ssl
import struct
import sys
import time

BEHAVIOURS = {}
arrivals = []
kept = []
at_work = set()
children = {}


def behaviour(function):
    """A server by the name of its function: called with a Place, listens."""
    BEHAVIOURS[function.__name__.replace("_", "-")] = function
    return function


class Place:
    """Where a server listens, and its settings."""

    def __init__(self, line):
        self.name, self.address, port, *settings = line.split()
        self.port = int(port)
        self.settings = dict(setting.split("=", 1) for setting in settings)

    def socket(self, backlog=4096):
        kind = socket.SOCK_STREAM
        listener = socket.socket(socket.AF_INET, kind | socket.SOCK_NONBLOCK)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((self.address, self.port))
        listener.listen(backlog)
        return listener

    def tls(self, **settings):
        if "certificate" not in self.settings:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.settings["certificate"])
        for name, value in settings.items():
            setattr(context, name, value)
        return context

    async def serve(self, protocol, **settings):
        loop = asyncio.get_running_loop()
        tls = self.tls(**settings)
        # As long as anybody waits for an answer: a good server never gives up first.
        patience = {"ssl_handshake_timeout": 600} if tls else {}
        kept.append(await loop.create_server(protocol, sock=self.socket(), ssl=tls, **patience))


# MARK: Servers that answer


class Answering(asyncio.Protocol):
    """HTTP/1.1, one request a connection; the answer comes `delay` seconds after it."""

    def __init__(self, delay=0.0):
        self.delay = delay
        self.read = b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.read += data
        if b"\r\n\r\n" not in self.read:
            return
        arrivals.append((self.read.split(b" ", 2)[1].decode("ascii", "replace"), time.time_ns() // 1_000_000))
        self.read = b""
        if self.delay:
            asyncio.get_running_loop().call_later(self.delay, self.answer)
        else:
            self.answer()

    def answer(self):
        if not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nfine\n")
            self.transport.close()


@behaviour
async def good(place):
    """Answers at once; https with certificate=PEM."""
    await place.serve(Answering)


@behaviour
async def slow(place):
    """Answers after delay=SECONDS."""
    await place.serve(lambda: Answering(float(place.settings["delay"])))


# MARK: Servers that say nothing


@behaviour
async def hang(place):
    """Accepts, and never answers."""
    await place.serve(asyncio.Protocol)


@behaviour
async def full(place):
    """Never accepts, and its queue is full: the kernel drops whoever knocks."""
    kept.append(place.socket(backlog=0))
    for _ in range(4):
        knocking = socket.socket()
        knocking.setblocking(False)
        knocking.connect_ex((place.address, place.port))
        kept.append(knocking)
    await asyncio.sleep(0)


@behaviour
async def hole(place):
    """A black hole: a filter drops every packet, the first one too."""
    listener = place.socket()
    nothing = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))  # BPF: return 0 bytes of it
    program = struct.pack("HL", 1, ctypes.addressof(nothing))
    listener.setsockopt(socket.SOL_SOCKET, 26, program)  # SO_ATTACH_FILTER
    kept.append((listener, nothing))


# MARK: Names


class Names(asyncio.DatagramProtocol):
    """Every name has the address `answer`, but one below `silent.` gets no reply and one below `slow.` a late one."""

    def __init__(self, place):
        self.answer = socket.inet_aton(place.settings["answer"])
        self.delay = float(place.settings.get("delay", "2"))

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, query, sender):
        labels, position = [], 12
        while query[position]:
            labels.append(query[position + 1:position + 1 + query[position]].lower())
            position += 1 + query[position]
        question = query[12:position + 5]
        is_ipv4 = question[-4:] == b"\0\1\0\1"
        header = query[:2] + struct.pack(">HHHHH", 0x8580, 1, int(is_ipv4), 0, 0)
        # For 0 s, so that each probe asks.
        record = b"\xc0\x0c\0\1\0\1" + struct.pack(">IH", 0, 4) + self.answer if is_ipv4 else b""
        if b"silent" in labels:
            return
        delay = self.delay if b"slow" in labels else 0
        asyncio.get_running_loop().call_later(delay, self.transport.sendto, header + question + record, sender)


@behaviour
async def names(place):
    """A name server: answer=ADDRESS, delay=SECONDS."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    server.bind((place.address, place.port))
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: Names(place), sock=server)
    kept.append(transport)


# MARK: Hostile servers


async def send(connection, data):
    await asyncio.get_running_loop().sock_sendall(connection, data)


async def read_some(connection):
    """What the client sends first: its request, or the beginning of its TLS."""
    return await asyncio.get_running_loop().sock_recv(connection, 65536)


async def flood(connection, piece):
    """`piece` again and again, as fast as it is taken."""
    block = piece * max(1, 65536 // len(piece))
    while True:
        await send(connection, block)
        # What is taken at once would leave the others no turn.
        await asyncio.sleep(0)


async def drip(connection, piece):
    """`piece` again and again, a byte a packet, as fast as they are taken."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while True:
        for byte in piece:
            await send(connection, bytes([byte]))
        await asyncio.sleep(0)


def hostile(function):
    """A behaviour that is written as what it does to one connection."""

    async def listen(place):
        async def take(connection):
            try:
                await function(connection)
            except OSError:
                pass
            finally:
                connection.close()

        async def accept(listener):
            loop = asyncio.get_running_loop()
            while True:
                connection, _ = await loop.sock_accept(listener)
                running = loop.create_task(take(connection))
                at_work.add(running)
                running.add_done_callback(at_work.discard)

        kept.append(asyncio.get_running_loop().create_task(accept(place.socket())))

    listen.__name__ = function.__name__
    return behaviour(listen)


def record(kind, content):
    """A TLS record."""
    return struct.pack(">BHH", kind, 0x0303, len(content)) + content


HANDSHAKE, ALERT, CHANGE = 22, 21, 20
# TLS 1.2, ECDHE-RSA with AES-128-GCM, and the extension that says that renegotiation is safe.
SERVER_HELLO = bytes.fromhex("0200002d0303" + "5a" * 32 + "00c02f000005ff01000100")
HELLO_REQUEST = b"\0\0\0\0"


async def begin_tls(connection):
    await read_some(connection)
    await send(connection, record(HANDSHAKE, SERVER_HELLO))


@hostile
async def tls_hello_requests(connection):
    """HelloRequests for ever within a handshake of TLS 1.2."""
    await begin_tls(connection)
    await flood(connection, record(HANDSHAKE, HELLO_REQUEST * 4000))


@hostile
async def tls_small_requests(connection):
    """The same, each in a record of its own."""
    await begin_tls(connection)
    await flood(connection, record(HANDSHAKE, HELLO_REQUEST))


@hostile
async def tls_fragments(connection):
    """The same, each byte in a record of its own."""
    await begin_tls(connection)
    await flood(connection, record(HANDSHAKE, b"\0"))


@hostile
async def tls_drip(connection):
    """The same, each byte in a packet of its own."""
    await begin_tls(connection)
    await drip(connection, record(HANDSHAKE, HELLO_REQUEST))


@hostile
async def tls_early_requests(connection):
    """HelloRequests for ever, and never a ServerHello."""
    await read_some(connection)
    await flood(connection, record(HANDSHAKE, HELLO_REQUEST))


@hostile
async def tls_mixed(connection):
    """HelloRequests, with an empty record between them now and then."""
    await begin_tls(connection)
    await flood(connection, record(HANDSHAKE, HELLO_REQUEST) * 8 + record(HANDSHAKE, b""))


@hostile
async def tls_empty_records(connection):
    await begin_tls(connection)
    await flood(connection, record(HANDSHAKE, b""))


@hostile
async def tls_alerts(connection):
    """Warnings for ever: user_canceled."""
    await begin_tls(connection)
    await flood(connection, record(ALERT, b"\x01\x5a"))


@hostile
async def tls_spaced_alerts(connection):
    """Warnings for ever, with HelloRequests between them."""
    await begin_tls(connection)
    await flood(connection, record(HANDSHAKE, HELLO_REQUEST) + record(ALERT, b"\x01\x5a"))


@hostile
async def tls_change_cipher(connection):
    """ChangeCipherSpec for ever, before any answer, as TLS 1.3 lets a server send it."""
    await read_some(connection)
    await flood(connection, record(CHANGE, b"\x01"))


@hostile
async def tls_certificate(connection):
    """A Certificate of 16 MiB, and more."""
    await begin_tls(connection)
    await send(connection, record(HANDSHAKE, b"\x0b\xff\xff\xff\xff\xff\xfc"))
    await flood(connection, record(HANDSHAKE, b"\0" * 16000))


@hostile
async def tls_slow_certificate(connection):
    """A Certificate of a size that is allowed, in records of one byte each, with packets that carry one each."""
    await begin_tls(connection)
    await send(connection, record(HANDSHAKE, b"\x0b\x01\x00\x00\x00\xff\xfd"))
    await drip(connection, record(HANDSHAKE, b"\0"))


@behaviour
async def tls_tickets(place):
    """A whole handshake of TLS 1.3, a great many session tickets, and never an answer."""
    await place.serve(asyncio.Protocol, num_tickets=5000)


@behaviour
async def tls_key_updates(place):
    """A whole handshake of TLS 1.3, by openssl, then new keys for ever, which the client has to answer with its own."""
    at = f"{place.address}:{place.port}"
    certificate = place.settings["certificate"]
    silent = asyncio.subprocess.DEVNULL

    async def serve():
        # A client that leaves may end it.
        while True:
            server = await asyncio.create_subprocess_exec(
                "openssl", "s_server", "-accept", at, "-cert", certificate, "-key", certificate, "-tls1_3",
                stdin=asyncio.subprocess.PIPE, stdout=silent, stderr=silent)
            children[place] = server
            try:
                # One command each time that it reads.
                while server.returncode is None:
                    server.stdin.write(b"K\n" * 8192)
                    await server.stdin.drain()
            except ConnectionError:
                await server.wait()

    at_work.add(asyncio.get_running_loop().create_task(serve()))


def http(head, piece, how=flood):
    """Reads the request, sends `head`, then `piece` for ever."""

    async def answer(connection):
        await read_some(connection)
        await send(connection, head)
        await how(connection, piece)

    return answer


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
FOR_EVER = {
    "http_chunk_extension": (CHUNKED + b"\r\n1;", b"a"),
    "http_chunk_extensions": (CHUNKED + b"\r\n", b"1;" + b"a" * 8000 + b"\r\nx\r\n"),
    "http_chunk_size": (CHUNKED + b"\r\n", b"0"),
    "http_chunks": (CHUNKED + b"\r\n", b"1\r\nx\r\n"),
    "http_trailers": (CHUNKED + b"\r\n1\r\nx\r\n0\r\n", b"X-Trailer: y\r\n"),
    "http_interim": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "http_hints": (b"", b"HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n"),
    "http_header": (b"HTTP/1.1 200 OK\r\nX-Long: ", b"a"),
    "http_headers": (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    "http_status": (b"HTTP/1.1 200 ", b"a"),
    # Empty blocks of deflate, behind the header of gzip.
    "http_gzip": (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\xff", b"\0\0\0\xff\xff"),
    "http_gzip_chunks": (
        CHUNKED + b"Content-Encoding: gzip\r\n\r\na\r\n\x1f\x8b\x08\0\0\0\0\0\0\xff\r\n", b"5\r\n\0\0\0\xff\xff\r\n"),
}
for function_name, (first, again) in FOR_EVER.items():
    made = http(first, again)
    made.__name__ = function_name
    hostile(made)


def https(head, piece, times):
    """The same over TLS, `times` pieces a record."""

    async def serve(place):
        async def answer(reader, writer):
            try:
                await reader.read(65536)
                writer.write(head)
                while not writer.transport.is_closing():
                    for _ in range(max(1, 64 // times)):
                        writer.write(piece * times)
                    await writer.drain()
                    await asyncio.sleep(0)
            except OSError:
                pass
            finally:
                writer.transport.abort()

        kept.append(await asyncio.start_server(answer, sock=place.socket(), ssl=place.tls()))

    return serve


OVER_TLS = {
    "https_chunk_extension": ("http_chunk_extension", 16000),
    "https_gzip": ("http_gzip", 3200),
    "https_chunks": ("http_chunks", 1),
}
for function_name, (same, times) in OVER_TLS.items():
    made = https(*FOR_EVER[same], times)
    made.__name__ = function_name
    behaviour(made)


@behaviour
async def https_records(place):
    """A body, a byte a record."""
    await https(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n", b"x", 1)(place)


@hostile
async def http_drip(connection):
    """A body, a byte a packet."""
    await http(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n", b"x" * 64, drip)(connection)


@hostile
async def http_slow_headers(connection):
    """A header, a byte a second."""
    await read_some(connection)
    await send(connection, b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        await send(connection, b"a")
        await asyncio.sleep(1)


@hostile
async def http_redirect(connection):
    """To itself, for ever."""
    request = await read_some(connection)
    place = "http://%s:%d" % connection.getsockname()
    path = request.split(b" ", 2)[1].decode()
    await send(connection, f"HTTP/1.1 302 Found\r\nLocation: {place}{path}\r\nContent-Length: 0\r\n\r\n".encode())


@hostile
async def http_early_reset(connection):
    """The beginning of an answer before there is a request, and a reset."""
    await send(connection, b"HTTP/1.1 200 OK\r\nContent-Le")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


GREETINGS = {
    "smtp_lines": (b"", b"220-welcome\r\n"),
    "smtp_line": (b"220 ", b"a"),
    "smtp_extensions": (b"220 welcome\r\n", b"250-X\r\n"),
    "imap_line": (b"* OK ", b"a"),
    "imap_capabilities": (b"* OK welcome\r\n", b"* CAPABILITY X\r\n"),
    "pop3_lines": (b"", b"welcome\r\n"),
    "pop3_line": (b"+OK ", b"a"),
    "pop3_capabilities": (b"+OK welcome\r\n", b"X\r\n"),
}
for function_name, (first, again) in GREETINGS.items():

    def greeting(first=first, again=again):
        async def greet(connection):
            await send(connection, first)
            await flood(connection, again)

        return greet

    made = greeting()
    made.__name__ = function_name
    hostile(made)


# MARK: The process


async def run(plan, ready, output):
    stopped = asyncio.Event()
    for number in signal.SIGTERM, signal.SIGINT:
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    with open(plan) as lines:
        places = [Place(line) for line in lines if line.strip()]
    for place in places:
        await BEHAVIOURS[place.name](place)
    # Looking for garbage among thousands of connections would hold up those that answer at once.
    gc.freeze()
    gc.set_threshold(100_000, 10, 100)
    open(ready, "w").close()
    await stopped.wait()
    for task in at_work:
        task.cancel()
    for child in children.values():
        if child.returncode is None:
            child.terminate()
        await child.wait()
    with open(output, "w") as lines:
        lines.writelines(f"{path} {at}\n" for path, at in arrivals)


def main():
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    # That a client has gone is nothing to write about.
    logging.disable()
    asyncio.run(run(*sys.argv[1:4]))


main()
