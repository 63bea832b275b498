import Addresses
import SLA

/// What the references of a configuration leave open: no mistake, but something that an operator is to know.
public enum ReferenceRemark: Hashable, Sendable, CustomStringConvertible {
    /// There is none at all.
    case missing
    /// Of a family in use there are fewer than two.
    case few(IPFamily, Int)
    /// Those of a family that are addresses lie in one network, so that one fault may take all of them.
    case oneNetwork(IPFamily, String)
    /// None is a name, so that nobody asks whether the resolver answers.
    case noName
    /// All of a family are names, so that a resolver that fails takes the family with it.
    case onlyNames(IPFamily)

    /// As `check-config` says it.
    public var description: String {
        switch self {
        case .missing:
            "probing.references is missing: when the monitor's own network fails, every service counts as down"
        case .few(let family, 0):
            "no reference for \(family.spoken), which checks speak: when it fails here, they count as down"
        case .few(let family, let count):
            "\(count) reference for \(family.spoken), expected two in different networks: one that fails blinds us"
        case .oneNetwork(let family, let network):
            "every reference for \(family.spoken) lies in \(network), expected different networks: they fail together"
        case .noName:
            "no reference is a name: when our resolver fails, every name counts as down"
        case .onlyNames(let family):
            "every reference for \(family.spoken) is a name: when our resolver fails, all of \(family.spoken) is unmeasured"
        }
    }

    /// How many leading bits the addresses of one network share.
    private static func prefixLength(_ family: IPFamily) -> Int { family == .ipv4 ? 24 : 48 }

    /// What is to be said of `references`, of what `checks` speak.
    static func all(_ references: [Reference], beside checks: [Check]) -> [ReferenceRemark] {
        if checks.isEmpty { return [] }
        if references.isEmpty { return [.missing] }
        let inUse = FamiliesInUse(checks)
        var remarks: [ReferenceRemark] = []
        for family in IPFamily.allCases where inUse.isCertain(family) {
            let own = references.filter { $0.family == family }
            if own.count < 2 {
                remarks.append(.few(family, own.count))
                continue
            }
            let networks = own.map { reference in
                IPAddress(reference.check.probe.host).map { Network($0, prefixLength: prefixLength(family)) }
            }
            if let first = networks[0], networks.allSatisfy({ $0 == first }) {
                remarks.append(.oneNetwork(family, "\(first)"))
            }
            if own.allSatisfy(\.isNamed) { remarks.append(.onlyNames(family)) }
        }
        let asksNames = checks.contains { IPFamily(host: $0.probe.host) == nil }
        if asksNames, !references.contains(where: \.isNamed) { remarks.append(.noName) }
        return remarks
    }
}

extension IPFamily {
    /// As people say it.
    var spoken: String { self == .ipv4 ? "IPv4" : "IPv6" }
}
