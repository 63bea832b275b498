import SLA

extension ProbeOutcome {
    /// What it says of a service that its name has no address to offer; nil where it has.
    init?(name answer: NameAnswer, host: String, family: AddressFamily, timeout: Milliseconds) {
        switch answer {
        case .addresses:
            return nil
        case .noSuchName:
            self = .down("name does not exist: \(host)")
        case .noAddress:
            switch family {
            case .any: self = .down("name does not exist: \(host) has no address")
            case .ipv4: self = .down("name does not exist: \(host) has no IPv4 address")
            case .ipv6: self = .down("name does not exist: \(host) has no IPv6 address")
            }
        case .badName:
            self = .unknown("\(Cause.quoted(host)) is not a host name")
        case .failed(let reason):
            self = .unknown("resolver did not answer: \(reason)")
        case .timedOut:
            self = .unknown("resolver did not answer: \(Cause.timeout(timeout, while: "resolving"))")
        }
    }
}
