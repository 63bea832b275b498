/// Which services something concerns.
public enum ScopeTerm: Hashable, Sendable {
    /// Every service.
    case all
    /// One service.
    case service(String)
    /// The services of one customer.
    case customer(String)
    /// The services of one group.
    case group(String)

    /// The term written `all`, `service:ID`, `customer:ID` or `group:NAME`, or nil.
    public init?(_ text: some StringProtocol) {
        if text == "all" {
            self = .all
            return
        }
        // By bytes: an identifier may begin with a mark that would join the colon before it.
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 2, !parts[1].isEmpty else { return nil }
        switch parts[0] {
        case "service": self = .service(parts[1])
        case "customer": self = .customer(parts[1])
        case "group": self = .group(parts[1])
        default: return nil
        }
    }

    /// As it is written.
    public var text: String {
        switch self {
        case .all: "all"
        case .service(let id): "service:\(id)"
        case .customer(let id): "customer:\(id)"
        case .group(let name): "group:\(name)"
        }
    }

    /// Whether it means `service` as that is now.
    public func includes(_ service: Service) -> Bool {
        switch self {
        case .all: true
        case .service(let id): service.id == id
        case .customer(let id): service.customer == id
        case .group(let name): service.groups.contains(name)
        }
    }

    /// Whether it means `service` at any time.
    func concerns(_ service: Service) -> Bool {
        switch self {
        case .all: true
        case .service(let id): service.id == id
        case .customer(let id): service.customers.contains(id)
        case .group(let name): service.everyGroup.contains(name)
        }
    }

    /// When it means `service`: a scope names what it names at each instant (semantics §3.2).
    func time(of service: Service) -> IntervalSet {
        let always = IntervalSet(.always)
        guard let past = service.past, !past.isConstant else { return includes(service) ? always : .empty }
        return switch self {
        case .all: always
        case .service(let id): service.id == id ? always : .empty
        case .customer(let id): past.time { $0.customer == id }
        case .group(let name): past.time { $0.groups.contains(name) }
        }
    }
}

extension Service {
    /// Every term that means it at any time.
    public var terms: [ScopeTerm] {
        [.all, .service(id)] + customers.map(ScopeTerm.customer) + everyGroup.map(ScopeTerm.group)
    }
}
