import SLA

extension SightWarning {
    /// What it is about and what is expected, in English, one line.
    public var english: String {
        switch self {
        case .ownNetwork(let url, let family):
            "the reference \(url) lies in provider.networks over \(family.name): it is none, "
                + "expected a target outside our network"
        case .neverAnswered(let domain):
            "no reference has answered for \(domain.rawValue) since the start, though checks are up for an hour: "
                + "failures count as they are seen, see probing.references"
        }
    }
}
