/// A correction of the record where the monitor measured wrongly: it stands beside the samples, and never in them. It
/// is never edited and never deleted: it is revoked, and another is recorded (semantics §3.3).
public struct Correction: Hashable, Sendable {
    /// What it says of its time.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// The monitor could not see: samples inside leave the series, and nobody knows.
        case void
        /// The service was down, whatever the monitor saw.
        case downtime

        /// The letter that begins the identifiers that the ledger gives: `V1`, `D1`.
        public var letter: String {
            switch self {
            case .void: "V"
            case .downtime: "D"
            }
        }
    }

    /// The end of a correction.
    public struct Revocation: Hashable, Sendable {
        /// From when on it does not stand.
        public var at: Instant
        /// Who revokes it; empty where that is not known.
        public var by: String
        /// Why; empty where nothing is said.
        public var reason: String

        /// A revocation.
        public init(at: Instant, by: String = "", reason: String = "") {
            self.at = at
            self.by = by
            self.reason = reason
        }
    }

    /// What it says.
    public var kind: Kind
    /// Its identifier, unique among all corrections; empty where the ledger is to give it one.
    public var id: String
    /// What it concerns: that which any term means; at least one term.
    public var scope: [CorrectionTerm]
    /// The time it is about. One whose end is not known ends at ``openEnd``.
    public var interval: Interval
    /// Why the record is wrong.
    public var reason: String
    /// What proves it; empty where nothing is cited.
    public var evidence: String
    /// When it was recorded; nil where it was known from the beginning.
    public var recordedAt: Instant?
    /// Who recorded it: ``daemon`` for what the monitor found out about itself.
    public var recordedBy: String
    /// Its end; nil while it stands.
    public var revocation: Revocation?

    /// Who records the monitor's own blindness, and damage of its ledger.
    public static let daemon = "availd"

    /// The end of what has no end yet: later than every month, and an instant that files can write.
    public static let openEnd = Exclusion.openEnd

    /// A correction.
    public init(
        kind: Kind, id: String = "", scope: [CorrectionTerm], interval: Interval, reason: String,
        evidence: String = "", recordedAt: Instant? = nil, recordedBy: String = "", revocation: Revocation? = nil
    ) {
        self.kind = kind
        self.id = id
        self.scope = scope
        self.interval = interval
        self.reason = reason
        self.evidence = evidence
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
        self.revocation = revocation
    }

    /// Whether its end is not known yet.
    public var isOpen: Bool { interval.end == Self.openEnd }

    /// Whether it is in force at `asOf` (semantics §1): recorded by then, and not revoked by then.
    public func isInForce(asOf: Instant) -> Bool {
        (recordedAt ?? .distantPast) <= asOf && asOf < (revocation?.at ?? .distantFuture)
    }

    /// Why it is applied to nothing although it is recorded; nil where it is applied. What the daemon finds out about
    /// itself is its own evidence.
    public var refusal: CorrectionRefusal? {
        recordedBy != Self.daemon && evidence.allSatisfy(\.isWhitespace) ? .noEvidence : nil
    }

    /// Whether it concerns `service`, or any check of it.
    public func concerns(_ service: Service) -> Bool {
        scope.contains { $0.concerns(service) }
    }
}

/// Why a correction is applied to nothing although it is recorded.
public enum CorrectionRefusal: Hashable, Sendable, CustomStringConvertible {
    /// A person's, without evidence.
    case noEvidence

    /// As reports say it.
    public var description: String { "no evidence cited" }
}

extension [Correction] {
    /// Those that are known at `asOf`, as they were then: one that is revoked later stands (semantics §1).
    public func known(asOf: Instant) -> [Correction] {
        filter { ($0.recordedAt ?? .distantPast) <= asOf }.map { correction in
            var then = correction
            if let revocation = correction.revocation, revocation.at > asOf { then.revocation = nil }
            return then
        }
    }
}
