import Addresses
import SLA

/// What is known so far of a name's addresses, family by family. Pure.
struct FoundAddresses {
    /// For how long IPv6 is waited for where IPv4 is there, in ms (RFC 8305, Resolution Delay).
    static let delay: Milliseconds = 50
    /// How many addresses of a name are tried at the most.
    static let most = 32

    private var answers: [IPAddress.Family: NameAnswer] = [:]
    /// The families of which nothing is known yet.
    private(set) var missing: Set<IPAddress.Family>

    /// Of the families of `family`, nothing.
    init(_ family: AddressFamily) {
        missing =
            switch family {
            case .any: [.ipv4, .ipv6]
            case .ipv4: [.ipv4]
            case .ipv6: [.ipv6]
            }
    }

    /// The answer for `family` has come.
    mutating func note(_ answer: NameAnswer, _ family: IPAddress.Family) {
        missing.remove(family)
        answers[family] = answer
    }

    /// What all of it comes to; nil while more is to be waited for.
    var answer: NameAnswer? {
        // Whoever has no such name has it for no family. Of IPv6 alone some servers say it wrongly (RFC 4074).
        if let first = answers[.ipv4], first == .noSuchName || first == .badName { return first }
        guard missing.isEmpty else { return nil }
        if let addresses { return .addresses(addresses) }
        let all = [answers[.ipv4], answers[.ipv6]].compactMap { $0 }
        return all.first { $0 != .noAddress && $0 != .noSuchName } ?? all.first { $0 == .noSuchName } ?? all.first
    }

    /// For how long the rest is waited for, in ms, where there are addresses to go on with; nil where there are none.
    ///
    /// - Parameters:
    ///   - timeout: how long all may take, in ms.
    ///   - wantsAll: whether one address is not as good as another.
    func patience(timeout: Milliseconds, wantsAll: Bool) -> Milliseconds? {
        guard addresses != nil else { return nil }
        // Servers that pass over questions for IPv6 are many; for IPv4, one that is lost on the way is asked again.
        return wantsAll || missing.contains(.ipv4) ? timeout / 4 : min(Self.delay, timeout / 4)
    }

    /// The addresses that are known, those of both families in turn, IPv6 first (RFC 8305 §4); nil where there are none.
    var addresses: [IPAddress]? {
        let lists = [IPAddress.Family.ipv6, .ipv4].map { family -> [IPAddress] in
            if case .addresses(let list) = answers[family] { list } else { [] }
        }
        var seen: Set<IPAddress> = []
        let longest = lists.map(\.count).max() ?? 0
        let inTurn = (0..<longest).flatMap { index in lists.compactMap { index < $0.count ? $0[index] : nil } }
        let addresses = inTurn.filter { seen.insert($0).inserted }.prefix(Self.most)
        return addresses.isEmpty ? nil : Array(addresses)
    }
}
