/// Whether a month kept the commitment (semantics §6).
public enum Verdict: String, CaseIterable, Hashable, Sendable {
    /// Availability is at the objective or over it.
    case met
    /// Availability is under it.
    case breached
    /// Nothing was paid for.
    case notCommitted = "not_committed"
    /// Every millisecond was excluded.
    case exempt
    /// There is nothing to judge by.
    case unmeasured
}

/// Whether the verdict holds however long the outages truly were.
public enum Certainty: String, CaseIterable, Hashable, Sendable {
    /// Both bounds give the same verdict.
    case certain
    /// They do not.
    case uncertain
}
