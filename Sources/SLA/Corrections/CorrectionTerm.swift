/// What a correction concerns: services as an exclusion names them, or a part of how they are measured.
public enum CorrectionTerm: Hashable, Sendable {
    /// Services, and all that is measured of them.
    case services(ScopeTerm)
    /// One check.
    case check(CheckID)
    /// What one vantage point saw.
    case vantage(String)
    /// What was decided over addresses of one family.
    case family(IPFamily)
    /// What was decided over no address: no name had led to one.
    case unaddressed

    /// The term written `all`, `service:ID`, `customer:ID`, `group:NAME`, `check:SERVICE/CHECK`, `vantage:NAME`,
    /// `family:ipv4`, `family:ipv6` or `family:none`, or nil.
    public init?(_ text: some StringProtocol) {
        if let term = ScopeTerm(text) {
            self = .services(term)
            return
        }
        // By bytes: an identifier may begin with a mark that would join the colon before it.
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 2, !parts[1].isEmpty else { return nil }
        switch parts[0] {
        case "check":
            let names = parts[1].utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            guard names.count == 2, !names[0].isEmpty, !names[1].isEmpty else { return nil }
            self = .check(CheckID(service: names[0], check: names[1]))
        case "vantage": self = .vantage(parts[1])
        case "family" where parts[1] == Self.none: self = .unaddressed
        case "family":
            guard let family = IPFamily(name: parts[1]) else { return nil }
            self = .family(family)
        default: return nil
        }
    }

    private static let none = "none"

    /// As it is written.
    public var text: String {
        switch self {
        case .services(let term): term.text
        case .check(let id): "check:\(id)"
        case .vantage(let name): "vantage:\(name)"
        case .family(let family): "family:\(family.name)"
        case .unaddressed: "family:\(Self.none)"
        }
    }

    /// Whether it means what one vantage point saw.
    var isOfVantage: Bool { if case .vantage = self { true } else { false } }

    /// Whether it means `service`, or any check of it.
    public func concerns(_ service: Service) -> Bool {
        switch self {
        case .services(let term): term.concerns(service)
        case .check(let id): id.service == service.id && service.rules.checks.contains(id.check)
        case .vantage(let name): service.rules.viewpoints.contains { $0.vantage == name }
        case .family, .unaddressed: true
        }
    }
}

extension Service {
    /// When `term` means it.
    func time(of term: CorrectionTerm) -> IntervalSet {
        switch term {
        case .services(let term): term.time(of: self)
        case .check, .vantage, .family, .unaddressed:
            term.concerns(self) ? IntervalSet(.always) : .empty
        }
    }
}

extension Correction {
    /// The time of `service` that it is about: while the service is in its scope.
    public func time(of service: Service) -> IntervalSet {
        if service.past == nil { return concerns(service) ? IntervalSet(interval) : .empty }
        return scope.reduce(IntervalSet.empty) { $0.union(service.time(of: $1)) }.intersection(interval)
    }
}
