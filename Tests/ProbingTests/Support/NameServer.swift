import Foundation
import Glibc
import Synchronization

/// A DNS server over UDP on loopback that answers what a table says, and over TCP where a test listens there.
final class NameServer: Sendable {
    indirect enum Reply: Sendable {
        case families(v4: Reply, v6: Reply)
        case addresses(v4: [String], v6: [String], ttl: UInt32)
        case code(UInt8)
        case silence
        /// So many questions for the name are lost, whatever their type; the others have their answer.
        case afterLosing(Int, Reply)
        /// It comes so many ms after the question.
        case late(Int, Reply)
        /// Over UDP it is only said that it is longer than that takes.
        case overTCP(Reply)
    }

    let port: Int
    private let descriptor: Int32
    private let others: Reply
    private let state: Mutex<State>

    private struct State {
        var table: [String: Reply]
        var queries: [String] = []
        var asked: Set<[UInt8]> = []
        var lost: [String: Int] = [:]
        var isStopped = false
        var isClosed = false
    }

    /// Names outside `table` do not exist, or get `others`.
    init(_ table: [String: Reply], others: Reply = .code(3)) throws {
        state = Mutex(State(table: table))
        self.others = others
        descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let bound = withUnsafeMutablePointer(to: &target) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard bound else { throw TestFailure("cannot bind: \(String(cString: strerror(errno)))") }
        port = Int(UInt16(bigEndian: target.sin_port))
        // A timeout lets the thread see that it is to stop; shutdown does not wake a UDP socket everywhere.
        var patience = timeval(tv_sec: 0, tv_usec: 50_000)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        Thread.detachNewThread { [weak self] in
            // It ends with its server, which the test holds.
            while let self, self.serveOne() {}
            close(descriptor)
            self?.state.withLock { $0.isClosed = true }
        }
    }

    deinit { stop() }

    var servers: String { "127.0.0.1:\(port)" }

    /// The names that were asked for, with the type: `a.test A`.
    var queries: [String] { state.withLock { $0.queries } }

    func stop() { state.withLock { $0.isStopped = true } }

    /// Whether nobody listens any more.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// A server that answers over TCP as well, on the same port, until that is stopped.
    static func both(_ table: [String: Reply]) throws -> (names: NameServer, tcp: LoopbackServer) {
        // What is free for UDP may be taken for TCP.
        for _ in 0..<20 {
            let names = try NameServer(table)
            if let tcp = try? names.listenOverTCP() { return (names, tcp) }
        }
        throw TestFailure("no port is free for UDP and TCP")
    }

    private func listenOverTCP() throws -> LoopbackServer {
        try LoopbackServer(port: port, speaksFirst: true) { [self] connection in
            var head = [UInt8](repeating: 0, count: 2)
            while recv(connection.descriptor, &head, 2, Int32(MSG_WAITALL)) == 2 {
                var query = [UInt8](repeating: 0, count: Int(head[0]) << 8 | Int(head[1]))
                guard recv(connection.descriptor, &query, query.count, Int32(MSG_WAITALL)) == query.count
                else { return }
                guard let (answer, delay) = answer(query, overTCP: true) else { continue }
                usleep(UInt32(delay) * 1000)
                let bytes = [UInt8(answer.count >> 8), UInt8(answer.count & 0xFF)] + answer
                _ = Glibc.send(connection.descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            }
        }
    }

    private func serveOne() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 1500)
        var peer = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let count = withUnsafeMutablePointer(to: &peer) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                recvfrom(descriptor, &buffer, buffer.count, 0, $0, &length)
            }
        }
        if count > 12, let (answer, delay) = answer(Array(buffer[0..<count])) {
            if delay == 0 {
                send(answer, peer)
            } else {
                DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(delay)) { [weak self, peer] in
                    self?.send(answer, peer)
                }
            }
        }
        return state.withLock { !$0.isStopped }
    }

    private func send(_ answer: [UInt8], _ peer: sockaddr_in) {
        var peer = peer
        withUnsafePointer(to: &peer) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(descriptor, answer, answer.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private func answer(_ query: [UInt8], overTCP: Bool = false) -> (bytes: [UInt8], delay: Int)? {
        var labels: [String] = []
        var next = 12
        while next < query.count, query[next] > 0 {
            let end = next + 1 + Int(query[next])
            guard end < query.count else { return nil }
            labels.append(String(decoding: query[(next + 1)..<end], as: UTF8.self))
            next = end
        }
        guard next + 5 <= query.count else { return nil }
        let type = query[next + 2]
        let name = labels.joined(separator: ".").lowercased()
        var reply = state.withLock {
            // Where the machine is too busy to answer in time, the same question comes again; and that about the root
            // is no name's.
            let isNew = $0.asked.insert(query).inserted
            if isNew, !name.isEmpty { $0.queries.append("\(name) \(type == 28 ? "AAAA" : "A")") }
            let reply = $0.table[name] ?? others
            guard case .afterLosing(let count, let later) = reply else { return reply }
            $0.lost[name, default: 0] += 1
            return $0.lost[name, default: 0] > count ? later : .silence
        }
        var isCutShort = false
        if case .overTCP(let whole) = reply { (reply, isCutShort) = (whole, !overTCP) }
        var delay = 0
        if case .late(let time, let later) = reply { (delay, reply) = (time, later) }
        if case .families(let v4, let v6) = reply { reply = type == 28 ? v6 : v4 }
        if isCutShort { (reply, delay) = (.addresses(v4: [], v6: [], ttl: 0), 0) }
        var code: UInt8 = 0
        var records: [[UInt8]] = []
        switch reply {
        case .silence, .families, .afterLosing, .late, .overTCP: return nil
        case .code(let value): code = value
        case .addresses(let v4, let v6, let ttl):
            let life = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: ttl >> UInt32($0)) }
            records = (type == 28 ? v6 : v4).map { text in
                var bytes = [UInt8](repeating: 0, count: type == 28 ? 16 : 4)
                inet_pton(type == 28 ? AF_INET6 : AF_INET, text, &bytes)
                return [0xc0, 12, 0, type, 0, 1] + life + [0, UInt8(bytes.count)] + bytes
            }
        }
        let header = query[0..<2] + [isCutShort ? 0x83 : 0x81, 0x80 | code, 0, 1, 0, UInt8(records.count), 0, 0, 0, 0]
        return (Array(header) + query[12..<(next + 5)] + records.flatMap { $0 }, delay)
    }
}
