import SLA

extension ProbeOutcome {
    /// What it says of a service that its name has no address to offer; nil where it has. It is the name's own fault, and
    /// so the service's, unless our resolvers answer nothing at all (semantics §10).
    ///
    /// - Parameter waited: for how long an answer was waited for, in ms.
    init?(name answer: NameAnswer, host: String, family: AddressFamily, waited: Milliseconds) {
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
        case .fault(let fault):
            self = .down(.nameServers(host: Excerpt(host), fault))
        case .cutShort:
            self = .unknown(.resolver(reason: "they cut their answer short, and do not answer over TCP", limit: waited))
        case .silence(let reason):
            self = .unknown(.resolver(reason: reason.map { Excerpt($0) }, limit: waited))
        }
    }
}
