import Foundation
import Glibc
import Synchronization

/// A TCP server on loopback whose answer is whatever its behaviour writes; a thread for each connection.
final class LoopbackServer: Sendable {
    let port: Int
    private let listener: Int32
    private let state = Mutex(State())

    private struct State {
        var accepted = 0
        var open: Set<Int32> = []
        var most = 0
        var isStopped = false
    }

    /// Serves each connection with `behaviour`, which gets the connection after its request was read (the first
    /// bytes of it), or at once where `speaksFirst`.
    init(
        on address: String = "127.0.0.1", port wanted: Int = 0, speaksFirst: Bool = false,
        _ behaviour: @escaping @Sendable (Connection) -> Void
    ) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_addr.s_addr = inet_addr(address)
        target.sin_port = UInt16(wanted).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let bound = withUnsafeMutablePointer(to: &target) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 1024) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard bound else { throw TestFailure("cannot listen: \(String(cString: strerror(errno)))") }
        port = Int(UInt16(bigEndian: target.sin_port))
        Thread.detachNewThread { [self] in
            defer { close(listener) }
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else {
                    if errno == ECONNABORTED || errno == EINTR || errno == EMFILE { continue }
                    return
                }
                guard register(descriptor) else {
                    close(descriptor)
                    return
                }
                Thread.detachNewThread { [self] in
                    let connection = Connection(descriptor: descriptor)
                    if !speaksFirst { connection.readRequest() }
                    behaviour(connection)
                    finish(descriptor)
                }
            }
        }
    }

    /// How many connections came so far.
    var accepted: Int { state.withLock { $0.accepted } }

    /// The most connections that were open at once.
    var most: Int { state.withLock { $0.most } }

    var url: String { "http://127.0.0.1:\(port)/" }

    func stop() {
        state.withLock {
            guard !$0.isStopped else { return }
            $0.isStopped = true
            // Its thread closes it: closed here, its number could be another server's by the next accept.
            shutdown(listener, Int32(SHUT_RDWR))
            for descriptor in $0.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private func register(_ descriptor: Int32) -> Bool {
        state.withLock {
            guard !$0.isStopped else { return false }
            $0.accepted += 1
            $0.open.insert(descriptor)
            $0.most = max($0.most, $0.open.count)
            return true
        }
    }

    private func finish(_ descriptor: Int32) {
        state.withLock {
            $0.open.remove(descriptor)
            close(descriptor)
        }
    }
}

/// One connection of a ``LoopbackServer``.
struct Connection {
    let descriptor: Int32

    /// Reads up to the end of the request's headers.
    @discardableResult
    func readRequest() -> String {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !text.contains("\r\n\r\n") {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            text += String(decoding: buffer[0..<count], as: UTF8.self)
        }
        return text
    }

    /// Whether the peer took it.
    @discardableResult
    func send(_ text: String) -> Bool { send(bytes: Array(text.utf8)) }

    /// Whether the peer took them.
    @discardableResult
    func send(bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    func answer(_ status: String = "200 OK", headers: [String] = [], body: String = "") {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)", "Connection: close"] + headers
        send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// An answer with these bytes for its body, in chunks or with its length.
    func answer(headers: [String], bytes: [UInt8], inChunks: Bool = false) {
        let framing = inChunks ? "Transfer-Encoding: chunked" : "Content-Length: \(bytes.count)"
        let lines = ["HTTP/1.1 200 OK", framing, "Connection: close"] + headers
        send(lines.joined(separator: "\r\n") + "\r\n\r\n")
        guard inChunks else { return _ = send(bytes: bytes) }
        for byte in bytes { send(bytes: Array("1\r\n".utf8) + [byte] + Array("\r\n".utf8)) }
        send("0\r\n\r\n")
    }

    /// The server's own port.
    var localPort: Int {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(descriptor, $0, &length) }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Waits until the peer or the test has had enough.
    func hang() {
        var byte: UInt8 = 0
        while recv(descriptor, &byte, 1, 0) > 0 {}
    }

    /// Closes with a reset instead of an end.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
}

/// A listener whose queue is full, so that the kernel leaves further connections unanswered.
final class FullServer {
    let port: Int
    private var descriptors: [Int32] = []

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        descriptors.append(listener)
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &target) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 0) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard bound else { throw TestFailure("cannot listen: \(String(cString: strerror(errno)))") }
        port = Int(UInt16(bigEndian: target.sin_port))
        for _ in 0..<3 {
            let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
            let client = socket(AF_INET, type, 0)
            descriptors.append(client)
            withUnsafePointer(to: &target) {
                // Without waiting: the last of them never come to stand.
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = connect(client, $0, length) }
            }
        }
    }

    deinit { for descriptor in descriptors { close(descriptor) } }
}

struct TestFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
