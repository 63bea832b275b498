import Addresses
import Glibc
import SLA

/// Why a connection to an address did not come to stand, and whose fault that is (semantics §10, Local).
struct ConnectFailure: Hashable, Sendable {
    let address: IPAddress
    /// The `errno` of socket(2), connect(2) or of the socket.
    let code: Int32
    /// Whether the system said so at once, before anything was sent. What comes later comes from elsewhere: a router
    /// on the way, a neighbour that does not answer, the target itself.
    let isImmediate: Bool

    /// What of this machine was lacking; nil where it is no fault of it.
    var lack: Cause.Lack? {
        if let lack = Cause.Lack(ofMachine: code) { return lack }
        guard isImmediate else { return nil }
        return switch code {
        case ENETUNREACH, EHOSTUNREACH, EINVAL: .route
        case EADDRNOTAVAIL, EAGAIN: .localPorts
        case EACCES, EPERM: .permission
        default: nil
        }
    }

    var outcome: ProbeOutcome {
        lack.map { .unknown(.monitorLacked($0)) } ?? .down(Self.cause(code))
    }

    /// What an error says that came from elsewhere.
    static func cause(_ code: Int32) -> Cause {
        switch code {
        case ECONNREFUSED: .connection(.refused)
        case EHOSTUNREACH: .connection(.noRoute)
        case ENETUNREACH: .connection(.unreachableNetwork)
        case EACCES, EPERM: .connection(.forbidden)
        case ETIMEDOUT: .connection(.timedOut)
        case ECONNRESET: .connection(.reset)
        default: .library(Excerpt(systemError: code))
        }
    }
}

extension Cause.Lack {
    /// What `code` says this machine lacks, whenever that comes: no peer and no router can cause it.
    init?(ofMachine code: Int32) {
        switch code {
        case EMFILE, ENFILE: self = .descriptors
        case ENOBUFS, ENOMEM: self = .socketMemory
        case ENETDOWN: self = .route
        case EAFNOSUPPORT: self = .addressFamily
        default: return nil
        }
    }
}

extension Excerpt {
    /// The system's words for `code`.
    init(systemError code: Int32) {
        self.init(String(cString: strerror(code)).lowercased())
    }
}
