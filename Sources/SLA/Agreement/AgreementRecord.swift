/// What the configuration said of the agreement, from an instant on.
public struct AgreementRecord: Hashable, Sendable {
    /// What is promised, as ``Agreement/recordable``: without its zone, which is the configuration's.
    public let agreement: Agreement
    /// When it became known.
    public let recordedAt: Instant
    /// Who recorded it; empty where nobody has yet.
    public let recordedBy: String

    /// What was said of `agreement`.
    public init(agreement: Agreement, recordedAt: Instant, recordedBy: String) {
        self.agreement = agreement.recordable
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
    }
}

extension Agreement {
    /// What of it is recorded. The zone is not: instants that were turned into dates by it stay where they are.
    public var recordable: Agreement {
        var agreement = self
        agreement.calendar = CivilCalendar(zone: .utc)
        agreement.past = nil
        return agreement
    }
}
