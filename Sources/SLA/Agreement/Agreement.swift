/// What the provider promises to all its customers: the service commitment, with its settings.
public struct Agreement: Hashable, Sendable {
    /// The availability promised for each calendar month, in percent, 0 to 100 (clause 2).
    public var objective: ExactDecimal
    /// Turns the contract's calendar words into instants.
    public var calendar: CivilCalendar
    /// What an admitted exclusion does to the time it holds (semantics §5).
    public var excludedTime: ExcludedTime
    /// How long before maintenance its notice must be given (clauses 6.1, 6.2).
    public var notice: NoticeLead
    /// By which channels that notice must be given (clause 6.1).
    public var channels: NoticeChannels
    /// How soon an incident must be handled (clauses W1, M2).
    public var handling: HandlingDeadline
    /// What a missed commitment is worth (clause 7).
    public var compensation: Compensation
    /// How it was before, since when (semantics §3.2); nil where it was always as it is.
    public var past: AgreementHistory?

    /// An agreement; everything but the zone defaults to the published commitment.
    public init(
        objective: ExactDecimal = ExactDecimal(99), calendar: CivilCalendar, excludedTime: ExcludedTime = .removed,
        notice: NoticeLead = NoticeLead(), channels: NoticeChannels = NoticeChannels(),
        handling: HandlingDeadline = HandlingDeadline(), compensation: Compensation = Compensation(),
        past: AgreementHistory? = nil
    ) {
        self.objective = objective
        self.calendar = calendar
        self.excludedTime = excludedTime
        self.notice = notice
        self.channels = channels
        self.handling = handling
        self.compensation = compensation
        self.past = past
    }
}

/// What an admitted exclusion does to the time it holds (semantics §5).
public enum ExcludedTime: String, CaseIterable, Hashable, Sendable {
    /// The commitment does not apply to it: it leaves the calculation, whatever the samples say.
    case removed
    /// It counts, and its downtime is pardoned.
    case forgiven
}
