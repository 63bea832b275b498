import Addresses

/// Which addresses a probe may speak to. Private, loopback, link-local, metadata, shared, multicast,
/// unspecified and reserved addresses are refused unless `probing.allow_addresses` lists them, so that neither
/// a customer's DNS nor a redirect turns the monitor on the provider's own network.
public struct AddressPolicy: Sendable {
    private let allowed: [Network]

    /// The default: none of the refused addresses is listed.
    public static let publicOnly = AddressPolicy(allowing: [])

    /// Allows what `networks` hold beside the public addresses.
    public init(allowing networks: [Network]) {
        allowed = networks
    }

    /// Whether a probe may speak to `address`.
    ///
    /// An IPv6 address that carries an IPv4 one (mapped, compatible, NAT64, 6to4) is as good as that one.
    public func permits(_ address: IPAddress) -> Bool {
        if allowed.contains(where: { $0.contains(address) }) { return true }
        if let embedded = address.embedded { return permits(embedded) }
        switch address.family {
        case .ipv4: return !Self.refusedIPv4.contains { $0.contains(address) }
        case .ipv6: return Self.globalIPv6.contains(address) && !Self.refusedIPv6.contains { $0.contains(address) }
        }
    }

    /// The IANA special-purpose registry: what is not globally reachable, and multicast.
    private static let refusedIPv4: [Network] = [
        ipv4(0, 0, 0, 0, 8),  // this network, unspecified
        ipv4(10, 0, 0, 0, 8),  // private
        ipv4(100, 64, 0, 0, 10),  // shared address space (CGNAT)
        ipv4(127, 0, 0, 0, 8),  // loopback
        ipv4(169, 254, 0, 0, 16),  // link-local, with the metadata services
        ipv4(172, 16, 0, 0, 12),  // private
        ipv4(192, 0, 0, 0, 24),  // protocol assignments
        ipv4(192, 0, 2, 0, 24),  // documentation
        ipv4(192, 88, 99, 0, 24),  // 6to4 relay, withdrawn
        ipv4(192, 168, 0, 0, 16),  // private
        ipv4(198, 18, 0, 0, 15),  // benchmarking
        ipv4(198, 51, 100, 0, 24),  // documentation
        ipv4(203, 0, 113, 0, 24),  // documentation
        ipv4(224, 0, 0, 0, 4),  // multicast
        ipv4(240, 0, 0, 0, 4),  // reserved, broadcast
    ]

    /// All of IPv6 that is handed out for global use. Unique local (fc00::/7), link-local (fe80::/10),
    /// multicast (ff00::/8), loopback and the unspecified address lie outside.
    private static let globalIPv6 = ipv6(0x2000_0000_0000_0000, 3)

    private static let refusedIPv6: [Network] = [
        ipv6(0x2001_0000_0000_0000, 23),  // protocol assignments, with Teredo
        ipv6(0x2001_0db8_0000_0000, 32),  // documentation
        ipv6(0x3fff_0000_0000_0000, 20),  // documentation
    ]

    private static func ipv4(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, _ prefixLength: Int) -> Network {
        Network(IPAddress(ipv4: a << 24 | b << 16 | c << 8 | d), prefixLength: prefixLength)
    }

    private static func ipv6(_ high: UInt64, _ prefixLength: Int) -> Network {
        Network(IPAddress(ipv6: high, 0), prefixLength: prefixLength)
    }
}
