/// How soon after its opening an incident must be handled (clauses W1, M2; semantics §8).
public struct HandlingDeadline: Hashable, Sendable {
    /// Where it opens on a working day, in ms.
    public var within: Milliseconds
    /// Where it opens on a rest day, in ms.
    public var restDay: Milliseconds
    /// The rest days of the week.
    public var restDays: Set<Weekday>

    /// The deadlines, in ms; 24 h and 48 h, Saturday and Sunday, unless the agreement says otherwise.
    public init(
        within: Milliseconds = 24 * 3_600_000, restDay: Milliseconds = 48 * 3_600_000,
        restDays: Set<Weekday> = [.saturday, .sunday]
    ) {
        self.within = within
        self.restDay = restDay
        self.restDays = restDays
    }
}
