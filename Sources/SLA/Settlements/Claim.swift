/// A customer's claim for compensation of an incident or of a month (clause 7): what was asked, answered and agreed, by
/// whom and when. Steps are only ever added; the last settlement known counts.
public struct Claim: Hashable, Sendable {
    /// What the record calls it: `C1`; empty until it is recorded.
    public var id: String
    /// The service's identifier.
    public var service: String
    /// The month it belongs to: that of the incident's opening, where it is for one.
    public var month: CivilMonth
    /// The incident that it is for, as `I7`; nil where it is for the month.
    public var incident: String?
    /// What was said of it, in the order in which it was recorded.
    public var steps: [Step]

    /// One thing that was said of a claim.
    public struct Step: Hashable, Sendable {
        /// What it is.
        public enum Kind: String, CaseIterable, Hashable, Sendable {
            /// The customer asks.
            case opened
            /// The provider answers.
            case answered
            /// Both agree.
            case settled
        }

        /// What it is.
        public var kind: Kind
        /// The amount that is asked, offered or agreed, in the agreement's currency, 0 or more; nil where none is named.
        public var amount: ExactDecimal?
        /// What for, what, or why.
        public var text: String
        /// What proves it; empty where nothing is cited.
        public var evidence: String
        /// When it was recorded.
        public var at: Instant
        /// Who recorded it.
        public var by: String

        /// A step.
        public init(
            kind: Kind, amount: ExactDecimal?, text: String, evidence: String = "", at: Instant, by: String
        ) {
            self.kind = kind
            self.amount = amount
            self.text = text
            self.evidence = evidence
            self.at = at
            self.by = by
        }
    }

    /// A claim of `service` in `month`.
    public init(id: String, service: String, month: CivilMonth, incident: String?, steps: [Step]) {
        self.id = id
        self.service = service
        self.month = month
        self.incident = incident
        self.steps = steps
    }

    /// What was agreed; nil while nothing is.
    public var settlement: Step? { steps.last { $0.kind == .settled } }

    /// The last step of `kind`; nil where there is none.
    public func last(_ kind: Step.Kind) -> Step? { steps.last { $0.kind == kind } }

    /// The claim as it was known at `asOf`; nil where it was not.
    public func known(asOf: Instant) -> Claim? {
        var claim = self
        claim.steps = steps.filter { $0.at <= asOf }
        return claim.steps.isEmpty ? nil : claim
    }
}
