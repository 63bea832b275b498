import SLA

extension ProbeOutcome {
    /// What it says of a service that its name has no address to offer; nil where it has.
    init?(name answer: NameAnswer, host: String, family: AddressFamily, timeout: Milliseconds) {
        switch answer {
        case .addresses:
            return nil
        case .noSuchName:
            self = .down(.name(host: Excerpt(host), lacks: .existence))
        case .noAddress:
            switch family {
            case .any: self = .down(.name(host: Excerpt(host), lacks: .address))
            case .ipv4: self = .down(.name(host: Excerpt(host), lacks: .ipv4Address))
            case .ipv6: self = .down(.name(host: Excerpt(host), lacks: .ipv6Address))
            }
        case .badName:
            self = .unknown(.misconfigured(.host(Excerpt(host))))
        case .failed(let reason):
            self = .unknown(.resolver(reason: Excerpt(reason), limit: timeout))
        case .timedOut:
            self = .unknown(.resolver(reason: nil, limit: timeout))
        }
    }
}
