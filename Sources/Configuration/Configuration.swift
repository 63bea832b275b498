import Addresses
import SLA

/// All that the operator has written down, read and found right.
public struct Configuration: Sendable {
    /// The agreement, the customers and the services.
    public let catalog: Catalog
    /// Who provides the services, and how to reach them.
    public let provider: Provider
    /// The networks that probes may reach although they are private, loopback, link-local or metadata addresses.
    public let allowAddresses: [Network]
    /// What is asked whether the monitor sees at all, over each family in use (semantics §10).
    public let references: [Reference]
    /// The directory of the ledger; absolute.
    public let stateDirectory: String
    /// How events are written to syslog.
    public let syslog: Syslog
    /// What is said of services besides what the agreement asks for.
    public let announcing: AnnouncingRules
    /// How maintenance is announced.
    public let notices: Notices
    /// The files that were read, the main one first, inventories last: what a reload looks at again.
    public let files: [String]

    /// The party that made the agreement.
    public struct Provider: Hashable, Sendable {
        /// The name; empty where none is written.
        public let name: String
        /// The ways to reach it (clause 4), in the order they were written.
        public let contacts: [Contact]
        /// Its own networks: references lie outside.
        public let networks: [Network]
        /// The zones that its name servers serve, in lower case: references lie outside.
        public let zones: [String]

        /// Whether the address that `text` is, or the IPv4 address that it stands for, lies in one of ``networks``.
        public func hasAddress(_ text: String) -> Bool { networks.first(holding: text) != nil }

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
