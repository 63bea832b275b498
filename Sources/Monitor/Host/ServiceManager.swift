import Glibc
import SLA

/// Tells systemd how the daemon is doing: sd_notify(3), which is a datagram to `$NOTIFY_SOCKET`.
///
/// Without that variable nobody is listening, and every call does nothing.
public struct ServiceManager: Sendable {
    private let socketPath: String?
    /// How often systemd wants a sign of life, in ms; nil where it does not.
    let watchdogInterval: Milliseconds?

    /// The service manager that started this process, by its environment.
    public init(environment: [String: String]) {
        socketPath = environment["NOTIFY_SOCKET"]
        let isForUs = environment["WATCHDOG_PID"].map { $0 == "\(getpid())" } ?? true
        watchdogInterval =
            isForUs ? environment["WATCHDOG_USEC"].flatMap { Int64($0) }.map { max(1, $0 / 2000) } : nil
    }

    /// The ledger is open and the schedule runs.
    public func ready(_ status: String) { send("READY=1\nSTATUS=\(status)") }

    /// The configuration is being read again; ``ready(_:)`` says that it has been.
    func reloading(now: Now) {
        send("RELOADING=1\nMONOTONIC_USEC=\(now.monotonic.nanoseconds / 1000)")
    }

    /// The daemon is ending.
    public func stopping() { send("STOPPING=1\nSTATUS=finishing what is in flight") }

    /// A sign of life.
    public func alive() { send("WATCHDOG=1") }

    private func send(_ message: String) {
        guard let socketPath, !socketPath.isEmpty else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // A leading @ stands for the zero byte of an abstract socket.
        let path = socketPath.hasPrefix("@") ? [0] + Array(socketPath.utf8.dropFirst()) : Array(socketPath.utf8)
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
        // The manager may have gone; there is nobody else to tell.
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, message, message.utf8.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
    }
}
