extension Blindness {
    /// That of a void of the daemon's own that is open, as known at `asOf`, or after all that is recorded; nil where
    /// `correction` is none.
    public init?(open correction: Correction, asOf: Instant? = nil) {
        let isInForce = asOf.map(correction.isInForce) ?? (correction.revocation == nil)
        guard correction.kind == .void, correction.recordedBy == Correction.daemon, isInForce,
            correction.interval.end == Correction.openEnd, correction.scope.count == 1,
            let domain = SightDomain(correction.scope[0])
        else { return nil }
        // Which references failed is in its evidence, in words.
        self.init(domain, from: correction.interval.start, failures: [])
    }

    /// The void of it: up to `end`, or without an end where that is nil, in `words`.
    func correction(until end: Instant?, in words: SightWords, at now: Instant) -> Correction? {
        Interval(from, end ?? Correction.openEnd).map { interval in
            Correction(
                kind: .void, scope: [domain.term], interval: interval, reason: words.reason, evidence: words.evidence,
                recordedAt: now, recordedBy: Correction.daemon)
        }
    }
}

extension SightDomain {
    /// What a void of it takes.
    fileprivate var term: CorrectionTerm {
        switch self {
        case .ipv4: .family(.ipv4)
        case .ipv6: .family(.ipv6)
        case .names: .unaddressed
        }
    }

    /// That of which `term` is; nil where it is of none.
    fileprivate init?(_ term: CorrectionTerm) {
        guard let domain = Self.allCases.first(where: { $0.term == term }) else { return nil }
        self = domain
    }
}

/// What a void of the daemon's own says, in a language.
public struct SightWords: Hashable, Sendable {
    /// What could not be seen.
    public let reason: String
    /// Which references failed, since when, and how.
    public let evidence: String

    /// A reason and its evidence.
    public init(reason: String, evidence: String) {
        self.reason = reason
        self.evidence = evidence
    }
}
