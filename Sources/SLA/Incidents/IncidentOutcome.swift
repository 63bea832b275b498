/// How an incident ended.
public enum IncidentOutcome: String, CaseIterable, Hashable, Sendable {
    /// It is handled (clauses W1, M2).
    case resolved
    /// It cannot be recovered; the customer was advised (clause M3).
    case irrecoverable
}
