import Addresses
import CAres
import Glibc
import Platform
import SLA

/// A c-ares channel on the engine's poller: queries by the system's servers and `/etc/hosts`.
///
/// Names are taken as they are, without the search list: a service's name is absolute, and a missing one must
/// not become another name of our own domain.
final class AresChannel {
    /// What came of a query, and for how long it may be kept, in s.
    struct Reply {
        let key: Resolver.Key
        /// Since when it is asked for, by whichever channel.
        let asked: MonotonicInstant
        /// Which of the resolvers was asked first.
        let opinion: Int
        let isByTCP: Bool
        /// Whether c-ares gave it up long before its time: an answer was longer than UDP takes, and was not had over TCP
        /// within the time that an answer over UDP has.
        let isEarly: Bool
        let answer: NameAnswer
        let lifetime: Int64
    }

    /// How it asks.
    enum Way {
        case udp, tcp
    }

    /// What is known of the servers from what they answered.
    struct Hearing {
        /// When the last of the questions was sent that they answered, be it by saying that there is no such name, or that
        /// its own servers fail; nil where they answered none.
        var answered: MonotonicInstant?
        /// A question about nothing but themselves has come to its end.
        var isControlOver = false
    }

    // Set once in init, before anybody sees this object.
    private var channel: ares_channel?
    private let poller: Poller
    private let way: Way
    private var replies: [Reply] = []
    private var hearing = Hearing()
    /// Whether c-ares is called with a question: what it says then, it has from `/etc/hosts`.
    private var isAsking = false
    private(set) var outstanding = 0

    private static let isReady = ares_library_init(ARES_LIB_INIT_ALL) == 0

    /// How long all attempts over UDP take at least, in ms, and as long waits each over TCP.
    private static let patience: Milliseconds = 7750
    /// What an answer over UDP may have, in bytes: as much as passes everywhere in one piece.
    private static let datagram: Int32 = 1232

    /// - Parameter servers: servers to ask instead of the system's, as `127.0.0.1:5300`.
    init(poller: Poller, servers: String?, way: Way) throws(ProbeEngineError) {
        self.poller = poller
        self.way = way
        guard Self.isReady else { throw .library("c-ares", "cannot be initialized") }
        var options = ares_options()
        // Asked after 0, 0.25, 0.75, 1.75 and 3.75 s, until 7.75 s: what is lost on the way is asked for again before a
        // probe times out, as often as TCP tries to connect and more.
        options.timeout = way == .udp ? 250 : Int32(Self.patience)
        options.tries = way == .udp ? 5 : 1
        // What a server answers is told as it is, also SERVFAIL, which c-ares would pass over and call a silence.
        options.flags = ARES_FLAG_NOCHECKRESP | (way == .udp ? ARES_FLAG_EDNS : ARES_FLAG_USEVC)
        options.ednspsz = Self.datagram
        options.ndomains = 0
        options.sock_state_cb = { context, socket, readable, writable in
            guard let context else { return }
            Unmanaged<AresChannel>.fromOpaque(context).takeUnretainedValue()
                .watch(socket, readable != 0, writable != 0)
        }
        // Unretained: deinit destroys the channel before this object is gone.
        options.sock_state_cb_data = Unmanaged.passUnretained(self).toOpaque()
        let mask =
            ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_DOMAINS | ARES_OPT_SOCK_STATE_CB
            | ARES_OPT_LOOKUPS | ARES_OPT_EDNSPSZ
        let status = "fb".withCString { lookups in
            // c-ares copies the string, and never writes to it.
            options.lookups = UnsafeMutablePointer(mutating: lookups)
            return ares_init_options(&channel, &options, mask)
        }
        guard status == ARES_SUCCESS else { throw .library("c-ares", Self.text(status)) }
        if let servers {
            let status = ares_set_servers_ports_csv(channel, servers)
            guard status == ARES_SUCCESS else { throw .library("c-ares", Self.text(status)) }
        }
    }

    deinit {
        // Every open query's callback runs now, and gives its context back.
        if let channel { ares_destroy(channel) }
    }

    /// The servers it asks, the first one first, each as `192.0.2.53:53`.
    var servers: [String] {
        var list: UnsafeMutablePointer<ares_addr_port_node>?
        guard ares_get_servers_ports(channel, &list) == ARES_SUCCESS else { return [] }
        // c-ares makes the list for its caller, who gives it back.
        defer { ares_free_data(list) }
        var servers: [String] = []
        var node = list
        while let current = node {
            let port = current.pointee.udp_port > 0 ? current.pointee.udp_port : 53
            let address = withUnsafeBytes(of: current.pointee.addr) { bytes in
                // The family says how many of the union's bytes are the address, in network order.
                current.pointee.family == AF_INET
                    ? IPAddress(ipv4: UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self)))
                    : IPAddress(
                        ipv6: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
            }
            servers.append("\(address.inURL):\(port)")
            node = current.pointee.next
        }
        return servers
    }

    /// Asks for the name servers of the root, which every resolver knows: the answer tells that it answers.
    func askControl() {
        outstanding += 1
        // Retained here, released by the callback, which c-ares calls exactly once for each query.
        let context = Unmanaged.passRetained(Control(channel: self)).toOpaque()
        // Class IN, type NS.
        ares_query(
            channel, ".", 1, 2,
            { context, status, _, _, _ in
                guard let context else { return }
                let control = Unmanaged<Control>.fromOpaque(context).takeRetainedValue()
                control.channel?.heard(control, status)
            }, context)
    }

    /// What was heard since the last call.
    func takeHearing() -> Hearing {
        defer { hearing = Hearing() }
        return hearing
    }

    /// Asks for `key`, which is asked for since `asked`; the reply may be there at once.
    func ask(_ key: Resolver.Key, since asked: MonotonicInstant, opinion: Int) {
        outstanding += 1
        isAsking = true
        defer { isAsking = false }
        var hints = ares_addrinfo_hints()
        hints.ai_family = key.family == .ipv4 ? AF_INET : AF_INET6
        // Sorting would open a socket for each address.
        hints.ai_flags = ARES_AI_NOSORT
        // Retained here, released by the callback, which c-ares calls exactly once for each query.
        let context = Unmanaged.passRetained(Query(channel: self, key: key, asked: asked, opinion: opinion)).toOpaque()
        ares_getaddrinfo(
            channel, key.name, nil, &hints,
            { context, status, _, result in
                defer { if let result { ares_freeaddrinfo(result) } }
                guard let context else { return }
                let query = Unmanaged<Query>.fromOpaque(context).takeRetainedValue()
                query.channel?.finish(query, status, result)
            }, context)
    }

    /// The replies that came since the last call.
    func takeReplies() -> [Reply] {
        defer { replies.removeAll(keepingCapacity: true) }
        return replies
    }

    /// One of the channel's sockets is ready.
    func process(_ event: Poller.Event) {
        let none: ares_socket_t = -1
        ares_process_fd(
            channel, event.readable || event.failed ? event.descriptor : none,
            event.writable || event.failed ? event.descriptor : none)
    }

    /// Lets queries time out.
    func advance() {
        ares_process_fd(channel, -1, -1)
    }

    /// What a query's callback needs; the channel is weak, for it may be destroyed with queries open.
    private final class Query {
        weak var channel: AresChannel?
        let key: Resolver.Key
        let asked: MonotonicInstant
        let opinion: Int
        let sent = SystemClock.monotonic()

        init(channel: AresChannel, key: Resolver.Key, asked: MonotonicInstant, opinion: Int) {
            self.channel = channel
            self.key = key
            self.asked = asked
            self.opinion = opinion
        }
    }

    private final class Control {
        weak var channel: AresChannel?
        let sent = SystemClock.monotonic()

        init(channel: AresChannel) {
            self.channel = channel
        }
    }

    private func heard(_ control: Control, _ status: Int32) {
        outstanding -= 1
        hearing.isControlOver = true
        if Self.isAnswer(status) { heardAnswer(to: control.sent) }
    }

    /// A question that was sent at `sent` was answered.
    private func heardAnswer(to sent: MonotonicInstant) {
        hearing.answered = hearing.answered.map { max($0, sent) } ?? sent
    }

    /// Whether a server answered the question itself. One that refuses to, or does not understand it, did not.
    private static func isAnswer(_ status: Int32) -> Bool {
        [ARES_SUCCESS, ARES_ENOTFOUND, ARES_ENODATA, ARES_ESERVFAIL].contains(status)
    }

    private func watch(_ socket: ares_socket_t, _ reading: Bool, _ writing: Bool) {
        poller.watch(socket, owner: .resolver, reading: reading, writing: writing)
    }

    private func finish(_ query: Query, _ status: Int32, _ result: UnsafeMutablePointer<ares_addrinfo>?) {
        let key = query.key
        outstanding -= 1
        var addresses: [IPAddress] = []
        var lifetime = Int64.max
        var node = result?.pointee.nodes
        while let current = node {
            if let pointer = current.pointee.ai_addr, let address = IPAddress(socketAddress: pointer),
                address.family == key.family
            {
                addresses.append(address)
                lifetime = min(lifetime, Int64(current.pointee.ai_ttl))
            }
            node = current.pointee.ai_next
        }
        var alias = result?.pointee.cnames
        while let current = alias {
            lifetime = min(lifetime, Int64(current.pointee.ttl))
            alias = current.pointee.next
        }
        let answer: NameAnswer =
            switch status {
            case ARES_SUCCESS: addresses.isEmpty ? .noAddress : .addresses(addresses)
            case ARES_ENOTFOUND: .noSuchName
            case ARES_ENODATA: .noAddress
            case ARES_EBADNAME: .badName
            case ARES_ESERVFAIL: .fault(.serverFailure)
            case ARES_EREFUSED: .fault(.refused)
            case ARES_ENOTIMP: .fault(.notImplemented)
            case ARES_EFORMERR: .fault(.formatError)
            case ARES_EBADRESP: .fault(.malformed)
            case ARES_ETIMEOUT: .silence(nil)
            case ARES_ECONNREFUSED: .silence("they cannot be reached")
            default: .silence(Self.text(status))
            }
        if !isAsking, Self.isAnswer(status) { heardAnswer(to: query.sent) }
        let isEarly =
            way == .udp && status == ARES_ETIMEOUT && SystemClock.monotonic() - query.sent < Self.patience / 2
        replies.append(
            Reply(
                key: key, asked: query.asked, opinion: query.opinion, isByTCP: way == .tcp, isEarly: isEarly,
                answer: answer, lifetime: addresses.isEmpty ? 0 : max(0, lifetime)))
    }

    private static func text(_ status: Int32) -> String {
        String(cString: ares_strerror(status))
    }
}
