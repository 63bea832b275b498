import SLA

/// All that the operator has written down, read and found right.
public struct Configuration: Sendable {
    /// The agreement, the customers and the services.
    public let catalog: Catalog
    /// Who provides the services, and how to reach them.
    public let provider: Provider
    /// The networks that probes may reach although they are private, loopback, link-local or metadata addresses:
    /// IPv4 and IPv6 addresses and CIDR blocks, without host bits.
    public let allowAddresses: [String]
    /// The directory of the ledger; absolute.
    public let stateDirectory: String
    /// How events are written to syslog.
    public let syslog: Syslog
    /// The files that were read, the main one first, inventories last: what a reload looks at again.
    public let files: [String]

    /// The party that made the agreement.
    public struct Provider: Hashable, Sendable {
        /// The name; empty where none is written.
        public let name: String
        /// The ways to reach it (clause 4), in the order they were written.
        public let contacts: [Contact]

        /// A way to reach the provider.
        public struct Contact: Hashable, Sendable {
            /// The kind of way, as `phone`.
            public let kind: String
            /// The number, address or name.
            public let value: String
        }
    }

    /// Where syslog lines go, and under which name.
    public struct Syslog: Hashable, Sendable {
        /// The facility.
        public let facility: SyslogFacility
        /// The identifier before each line, 1 to 48 letters, digits and `.`, `_`, `-`.
        public let identifier: String
    }
}

/// The facilities of syslog(3) that a program outside the kernel may use.
public enum SyslogFacility: String, CaseIterable, Sendable {
    case user, mail, daemon, auth, syslog, lpr, news, uucp, cron, authpriv, ftp
    case local0, local1, local2, local3, local4, local5, local6, local7

    /// The code that openlog(3) takes: the number of RFC 5424 times eight.
    public var code: Int32 {
        let number: Int32 =
            switch self {
            case .user: 1
            case .mail: 2
            case .daemon: 3
            case .auth: 4
            case .syslog: 5
            case .lpr: 6
            case .news: 7
            case .uucp: 8
            case .cron: 9
            case .authpriv: 10
            case .ftp: 11
            case .local0: 16
            case .local1: 17
            case .local2: 18
            case .local3: 19
            case .local4: 20
            case .local5: 21
            case .local6: 22
            case .local7: 23
            }
        return number * 8
    }
}
