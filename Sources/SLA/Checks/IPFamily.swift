/// The kind of address over which a probe decided: what a void of one family takes (semantics §3.3, §10).
public enum IPFamily: UInt8, CaseIterable, Hashable, Sendable {
    /// 32 bits.
    case ipv4 = 4
    /// 128 bits.
    case ipv6 = 6

    /// As scopes and files name it: `ipv4`, `ipv6`.
    public var name: String {
        switch self {
        case .ipv4: "ipv4"
        case .ipv6: "ipv6"
        }
    }

    /// The family called `name`, or nil.
    public init?(name: some StringProtocol) {
        guard let family = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = family
    }

    /// The family of `address`, which is one of the two as a probe names it; nil where none was spoken to.
    public init?(ofAddress address: String?) {
        guard let address, !address.isEmpty else { return nil }
        self = address.utf8.contains(UInt8(ascii: ":")) ? .ipv6 : .ipv4
    }
}
