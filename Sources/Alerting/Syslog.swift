import CShims
import Glibc
import SLA

/// Writes alerts through syslog(3).
///
/// There is one per process, because openlog(3) is: the last one opened names the sender of all.
public struct Syslog: Sendable {
    private static let socketPath = "/dev/log"
    private let facility: SyslogFacility
    private let zone: TimeZoneRules

    /// Names the sender of what is written from now on.
    ///
    /// - Parameters:
    ///   - identifier: what stands before each message, as `availd`.
    ///   - zone: the one in which instants are written.
    public init(identifier: String, facility: SyslogFacility, zone: TimeZoneRules) {
        self.facility = facility
        self.zone = zone
        // openlog(3) keeps the pointer for the life of the process, so the copy is never freed; there is one
        // for each reload that changes it, a few bytes.
        openlog(strdup(identifier), LOG_PID | LOG_NDELAY, facility.code)
    }

    /// Why nothing that is written now would arrive, or nil: syslog(3) itself never says so.
    public func obstacle() -> String? {
        let probe = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard probe >= 0 else { return "\(Self.socketPath): \(String(cString: strerror(errno)))" }
        defer { close(probe) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Self.socketPath.utf8) }
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(probe, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // A stream socket listens too: syslog(3) falls back to one by itself.
        return connected == 0 || errno == EPROTOTYPE ? nil : "\(Self.socketPath): \(String(cString: strerror(errno)))"
    }

    /// Writes `alert`, whose number is `number`, as one line.
    public func write(_ alert: Alert, number: Int64) {
        availd_syslog(
            facility.code | Int32(alert.event.severity.rawValue), Logfmt.line(alert, number: number, in: zone))
    }
}
