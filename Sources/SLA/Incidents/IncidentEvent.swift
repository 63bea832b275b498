/// Something in the history of an incident. It is never edited and never deleted: what was wrong is followed by
/// another event.
public struct IncidentEvent: Hashable, Sendable {
    /// When it happened.
    public var at: Instant
    /// When it was recorded; from then on it is known.
    public var recordedAt: Instant
    /// Who recorded it: a person, or ``monitor``.
    public var by: String
    /// What happened.
    public var change: Change

    /// Who records what the daemon decides.
    public static let monitor = "availd"

    /// What can happen.
    public enum Change: Hashable, Sendable {
        /// It began; the handling clock starts.
        case opened(Origin, cause: Cause, services: [AffectedService])
        /// An outage of one more service, or of one of its services again, is part of it.
        case serviceDown(AffectedService)
        /// All its services were up again. Only a person says that it is handled.
        case recovered
        /// It is of this class, for a reason; the latest says which it is.
        case classified(IncidentClass, reason: String)
        /// Somebody has taken it on.
        case acknowledged
        /// It waits for data that the customer has to give; the clock stops (clause M2).
        case waiting(reason: String)
        /// The customer has given them; the clock goes on.
        case resumed
        /// It is handled; the clock ends.
        case resolved(note: String)
        /// It cannot be recovered, and the customer is advised (clause M3); the clock ends.
        case irrecoverable(advice: String)
        /// A remark for the record.
        case noted(String)
    }

    /// What opened an incident.
    public enum Origin: String, CaseIterable, Hashable, Sendable {
        /// The monitor, at an outage.
        case outage
        /// A person.
        case hand
    }

    /// `change` happened at `at`, which `by` recorded at `recordedAt`.
    public init(at: Instant, recordedAt: Instant, by: String, _ change: Change) {
        self.at = at
        self.recordedAt = recordedAt
        self.by = by
        self.change = change
    }
}

extension IncidentEvent.Change {
    /// The words that must go with it, and what they have to say; nil where none are needed.
    public var requiredText: (found: String, expected: String)? {
        switch self {
        case .opened(_, .text(let words), _): (words, "what is wrong")
        case .classified(.outOfScope, let reason):
            (reason, "the condition of W2 that was broken: the guide not followed, or technical parts tampered with")
        case .waiting(let reason): (reason, "the data that the customer has to give (M2)")
        case .irrecoverable(let advice): (advice, "how to restore and how to limit the harm (M3)")
        case .noted(let text): (text, "a remark")
        case .opened, .classified, .serviceDown, .recovered, .acknowledged, .resumed, .resolved: nil
        }
    }

    /// Whether it is a step of the handling: steps happen one after the other, as the clock runs by them. What is
    /// seen, said or judged of an incident beside that may be recorded in any order.
    public var isStep: Bool {
        switch self {
        case .opened, .acknowledged, .waiting, .resumed, .resolved, .irrecoverable: true
        case .serviceDown, .recovered, .classified, .noted: false
        }
    }
}
