/// What kind of fault an incident is: which promise it falls under, and whether the customer pays.
public enum IncidentClass: String, CaseIterable, Hashable, Sendable {
    /// A fault inside the warranty (clause W1).
    case warranty
    /// A fault from use and operation, advice, training (clauses M1, M2).
    case upkeep
    /// A fault outside the warranty, a condition of W2 being broken: advised on and recovered as soon as possible,
    /// at the customer's tier of cost (clause W3).
    case outOfScope = "out_of_scope"

    /// The clauses it rests on.
    public var clauses: String {
        switch self {
        case .warranty: "W1"
        case .upkeep: "M1, M2"
        case .outOfScope: "W2, W3"
        }
    }

    /// Whether the customer pays for the work (clause W3).
    public var isChargeable: Bool { self == .outOfScope }
}
