import SLA

extension SuggestionReason {
    /// The reason in English, one line.
    public var english: String {
        switch self {
        case .failedProbes(let count, let all, let example): "\(count) of \(all) failed probes: \(example.english)"
        case .nameIsGone: "a name that does not exist was removed or has run out: look at who keeps the zone"
        case .certificateIsTheCustomers: "the customer keeps the certificate"
        case .pointsElsewhere(let addresses, let own):
            "the name points to \(addresses.joined(separator: ", ")), not to \(own.joined(separator: ", "))"
        case .foreignAnswer(let addresses): "it came from \(addresses.joined(separator: ", ")), which is not ours"
        case .originMayBeOurs: "a delivery network also says so where it could not reach us: look at the origin first"
        case .lostTogether(let place, let services, let length, let others):
            "all \(services) services \(place.english) were down at once for \(DurationText.spoken(length)), "
                + "while \(others) other\(others == 1 ? " was" : "s were") up"
        case .sharedMayBeOurs: "it counts where the fault was our own: look at what they share"
        }
    }
}

extension SuggestionReason.SharedPlace {
    fileprivate var english: String {
        switch self {
        case .carrier(let name): "behind the carrier \(name)"
        case .group(let name): "in the group \(name)"
        case .address(let address): "on the address \(address)"
        }
    }
}
