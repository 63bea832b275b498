import Addresses
import Glibc
import Platform
import SLA

/// Connects to one of several addresses, see ``ConnectionRace``, on the engine's poller. It calls nobody back; what
/// came of it is taken with ``takeResults()``.
final class Connector {
    typealias Asker = UInt64

    /// What came of a race.
    enum Result {
        /// The socket is the taker's to close.
        case connected(descriptor: Int32, IPAddress)
        case failed(ConnectFailure)
    }

    private struct Contest {
        var race: ConnectionRace
        let port: Int
        var sockets: [ConnectionRace.Attempt: Int32] = [:]
    }

    private let poller: Poller
    private var besides: Int
    private var contests: [Asker: Contest] = [:]
    private var bySocket: [Int32: (asker: Asker, attempt: ConnectionRace.Attempt)] = [:]
    private var deadlines = KeyedHeap<Asker, MonotonicInstant>()
    private var results: [(asker: Asker, result: Result)] = []

    /// - Parameter besides: how many sockets there may be beside one for each who asks.
    init(poller: Poller, besides: Int) {
        self.poller = poller
        self.besides = besides
    }

    /// Changes how many sockets there may be beside one for each who asks; those that are open stay.
    func resize(besides: Int) { self.besides = besides }

    deinit {
        for socket in bySocket.keys { close(socket) }
        for (_, result) in results { if case .connected(let socket, _) = result { close(socket) } }
    }

    /// Connects to the first of `addresses`, of which there is at least one, that answers on `port`, within about
    /// `limit` ms, at whose end the asker withdraws.
    func begin(_ asker: Asker, to addresses: [IPAddress], port: Int, limit: Milliseconds) {
        contests[asker] = Contest(race: ConnectionRace(addresses, limit: limit), port: port)
        goOn(asker, SystemClock.monotonic())
    }

    /// `asker` wants no connection any more.
    ///
    /// - Returns: the address that was tried last and has not failed; nil where there is none.
    @discardableResult
    func withdraw(_ asker: Asker) -> IPAddress? {
        results.removeAll { entry in
            guard entry.asker == asker else { return false }
            if case .connected(let socket, _) = entry.result { close(socket) }
            return true
        }
        return end(asker)?.race.open.last?.address
    }

    /// What came of races since the last call.
    func takeResults() -> [(asker: Asker, result: Result)] {
        guard !results.isEmpty else { return [] }
        defer { results.removeAll(keepingCapacity: true) }
        return results
    }

    /// When ``advance(_:)`` is to be called next; nil for not at all.
    var due: MonotonicInstant? { deadlines.first?.priority }

    /// Tries addresses where ``due`` has come.
    func advance(_ now: MonotonicInstant) {
        while let first = deadlines.first, first.priority <= now { goOn(first.key, now) }
    }

    /// One of its sockets is ready, or has failed.
    func process(_ event: Poller.Event) {
        guard let (asker, attempt) = bySocket[event.descriptor] else { return }
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        if getsockopt(event.descriptor, SOL_SOCKET, SO_ERROR, &code, &length) != 0 { code = errno }
        guard code == 0 else {
            drop(event.descriptor)
            contests[asker]?.sockets[attempt] = nil
            let failure = ConnectFailure(address: attempt.address, code: code, isImmediate: false)
            contests[asker]?.race.failed(attempt, failure)
            return goOn(asker, SystemClock.monotonic())
        }
        guard event.writable else { return }
        won(asker, attempt, event.descriptor)
    }

    private func won(_ asker: Asker, _ attempt: ConnectionRace.Attempt, _ socket: Int32) {
        poller.forget(socket)
        bySocket[socket] = nil
        contests[asker]?.sockets[attempt] = nil
        end(asker)
        results.append((asker, .connected(descriptor: socket, attempt.address)))
    }

    /// Tries the next address of `asker`, and those behind it that fail at once.
    private func goOn(_ asker: Asker, _ now: MonotonicInstant) {
        while true {
            let hasRoom = bySocket.count - contests.count < besides
            guard let step = contests[asker]?.race.next(now, hasRoom: hasRoom) else { break }
            if let abandoned = step.abandoned, let socket = contests[asker]?.sockets.removeValue(forKey: abandoned) {
                drop(socket)
            }
            let port = contests[asker]?.port ?? 0
            let address = step.tried.address
            switch Self.open(address, port) {
            case .success(let (socket, isConnected)):
                if isConnected { return won(asker, step.tried, socket) }
                bySocket[socket] = (asker, step.tried)
                contests[asker]?.sockets[step.tried] = socket
                if poller.watch(socket, owner: .connector, reading: false, writing: true) {
                    return schedule(asker)
                }
                // The kernel has no room to watch it.
                drop(socket)
                contests[asker]?.sockets[step.tried] = nil
                let failure = ConnectFailure(address: address, code: ENOMEM, isImmediate: true)
                contests[asker]?.race.failed(step.tried, failure)
            case .failure(let failure):
                contests[asker]?.race.failed(step.tried, failure)
            }
        }
        guard let failure = contests[asker]?.race.outcome else { return schedule(asker) }
        end(asker)
        results.append((asker, .failed(failure)))
    }

    private func schedule(_ asker: Asker) {
        if let due = contests[asker]?.race.due { deadlines.set(asker, to: due) } else { deadlines.remove(asker) }
    }

    @discardableResult
    private func end(_ asker: Asker) -> Contest? {
        deadlines.remove(asker)
        let contest = contests.removeValue(forKey: asker)
        for socket in contest?.sockets.values ?? [:].values { drop(socket) }
        return contest
    }

    private func drop(_ socket: Int32) {
        poller.forget(socket)
        bySocket[socket] = nil
        close(socket)
    }

    /// A socket on its way to `address`, and whether it is there already.
    private static func open(
        _ address: IPAddress, _ port: Int
    ) -> Swift.Result<(socket: Int32, isConnected: Bool), ConnectFailure> {
        let flags = Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let domain = address.family == .ipv4 ? AF_INET : AF_INET6
        let descriptor = socket(domain, Int32(SOCK_STREAM.rawValue) | flags, Int32(IPPROTO_TCP))
        guard descriptor >= 0 else {
            return .failure(ConnectFailure(address: address, code: errno, isImmediate: true))
        }
        let code = address.withSocketAddress(port: UInt16(port)) { connect(descriptor, $0, $1) == 0 ? 0 : errno }
        if code == 0 || code == EINPROGRESS { return .success((descriptor, code == 0)) }
        close(descriptor)
        return .failure(ConnectFailure(address: address, code: code, isImmediate: true))
    }
}

extension ConnectFailure: Error {}
