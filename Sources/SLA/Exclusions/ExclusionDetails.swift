/// What clause 3.4 calls beyond the provider's control.
public enum ForceMajeureKind: String, CaseIterable, Hashable, Sendable {
    case fire
    case flood
    case war
    case terrorism
    case embargo
    /// A state authority's request.
    case stateAuthority = "state_authority"
    /// An incident of the network nation-wide.
    case nationalNetwork = "national_network"
}

/// What was done to a service for breach of the terms of use (clause 3.2).
public enum SuspensionAct: String, CaseIterable, Hashable, Sendable {
    /// It was locked, until it is unlocked.
    case lock
    /// It was ended.
    case termination
}

/// What is known of an exclusion besides what decides about it: figures follow from the exclusion alone.
public struct ExclusionDetails: Hashable, Sendable {
    /// What happened, of force majeure (clause 3.4); nil of other categories.
    public var kind: ForceMajeureKind?
    /// What was done, of a suspension (clause 3.2); nil of other categories.
    public var act: SuspensionAct?
    /// The breach of the terms of use that a suspension answers; nil where none is cited.
    public var breach: String?
    /// The outage it was recorded for; nil where an interval was given.
    public var outage: Outage?
    /// Where it comes from, where it was not recorded here first; nil where it was.
    public var origin: String?

    /// An outage as it was measured when the exclusion was recorded.
    public struct Outage: Hashable, Sendable {
        /// The service's identifier.
        public var service: String
        /// Its first instant.
        public var start: Instant

        /// The outage of `service` that began at `start`.
        public init(service: String, start: Instant) {
            self.service = service
            self.start = start
        }
    }

    /// Details, none unless given.
    public init(
        kind: ForceMajeureKind? = nil, act: SuspensionAct? = nil, breach: String? = nil, outage: Outage? = nil,
        origin: String? = nil
    ) {
        self.kind = kind
        self.act = act
        self.breach = breach
        self.outage = outage
        self.origin = origin
    }

    /// Whether there are none.
    public var isEmpty: Bool { self == ExclusionDetails() }

    /// `evidence` with the kind or the breach before it, for a file that has no column of its own for them:
    /// `fire: report of the fire service`. Evidence that says nothing stays as it is, so that what is not admitted
    /// here is not admitted there either.
    public func evidenceText(_ evidence: String) -> String {
        if evidence.allSatisfy(\.isWhitespace) { return evidence }
        return (kind?.rawValue ?? breach).map { "\($0): \(evidence)" } ?? evidence
    }

    /// The kind and the rest of the evidence of force majeure as ``evidenceText(_:)`` writes it; nil where it does not
    /// begin with a kind.
    public static func split(_ text: String) -> (kind: ForceMajeureKind, evidence: String)? {
        guard let colon = text.firstIndex(of: ":"), let kind = ForceMajeureKind(rawValue: String(text[..<colon])) else {
            return nil
        }
        let rest = text[colon...].dropFirst().drop(while: \.isWhitespace)
        return rest.isEmpty ? nil : (kind, String(rest))
    }
}

extension Exclusion {
    /// The end of what has no end yet: later than every month, and an instant that files can write.
    public static let openEnd = Instant(milliseconds: 253_370_764_800_000)

    /// Whether it goes on until somebody ends it.
    public var isOpen: Bool { interval.end == Self.openEnd }
}
