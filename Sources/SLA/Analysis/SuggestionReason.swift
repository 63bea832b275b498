/// Why a category is proposed for an outage.
public enum SuggestionReason: Hashable, Sendable {
    /// So many of all the failed probes gave a cause of one kind; `example` is the most frequent.
    case failedProbes(count: Int, of: Int, example: Cause)
    /// A name that does not exist was removed, or has run out.
    case nameIsGone
    /// The customer keeps the certificate (``Responsibility/certificate``).
    case certificateIsTheCustomers
    /// The name points to these addresses, and not to the service's own.
    case pointsElsewhere(to: [String], own: [String])
    /// The answers came from these addresses, which are none of the service's own.
    case foreignAnswer(from: [String])
    /// A delivery network also says so where it could not reach us.
    case originMayBeOurs
    /// So many services that share `place` were down at once for so long, in ms, while so many others were up.
    case lostTogether(place: SharedPlace, services: Int, Milliseconds, others: Int)
    /// What they share may be our own, and then it counts.
    case sharedMayBeOurs

    /// What services may share.
    public enum SharedPlace: Hashable, Sendable {
        case carrier(String)
        case group(String)
        case address(String)
    }
}
