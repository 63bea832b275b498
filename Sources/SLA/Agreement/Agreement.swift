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

    /// An agreement; everything but the zone defaults to the published commitment.
    public init(
        objective: ExactDecimal = ExactDecimal(99), calendar: CivilCalendar, excludedTime: ExcludedTime = .removed,
        notice: NoticeLead = NoticeLead(), channels: NoticeChannels = NoticeChannels(),
        handling: HandlingDeadline = HandlingDeadline(), compensation: Compensation = Compensation()
    ) {
        self.objective = objective
        self.calendar = calendar
        self.excludedTime = excludedTime
        self.notice = notice
        self.channels = channels
        self.handling = handling
        self.compensation = compensation
    }
}

/// What an admitted exclusion does to the time it holds (semantics §5).
public enum ExcludedTime: String, CaseIterable, Hashable, Sendable {
    /// The commitment does not apply to it: it leaves the calculation, whatever the samples say.
    case removed
    /// It counts, and its downtime is pardoned.
    case forgiven
}

/// How long before maintenance its notice must be given.
public struct NoticeLead: Hashable, Sendable {
    /// For scheduled maintenance, in ms (clause 6.1).
    public var scheduled: Milliseconds
    /// For emergency maintenance, in ms (clause 6.2).
    public var emergency: Milliseconds

    /// The leads, in ms; 24 h and 1 h unless the agreement says otherwise.
    public init(scheduled: Milliseconds = 24 * 3_600_000, emergency: Milliseconds = 3_600_000) {
        self.scheduled = scheduled
        self.emergency = emergency
    }
}

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

/// What a missed commitment is worth (clause 7; semantics §9).
public struct Compensation: Hashable, Sendable {
    /// The most that is paid, in months of the service's price.
    public var capMonths: Int
    /// The ISO 4217 code of the agreement's currency; nil where none is agreed.
    public var currency: String?
    /// What is due below which availability; in any order.
    public var tiers: [Tier]

    /// A share of the month's price, due where availability falls under a bound.
    public struct Tier: Hashable, Sendable {
        /// The bound, in percent.
        public var below: ExactDecimal
        /// The share of the month's price, in percent.
        public var percent: ExactDecimal

        /// `percent` of the price where availability is below `below`, both in percent.
        public init(below: ExactDecimal, percent: ExactDecimal) {
            self.below = below
            self.percent = percent
        }
    }

    /// The rule; a cap of six months and negotiation unless the agreement says otherwise.
    public init(capMonths: Int = 6, currency: String? = nil, tiers: [Tier] = []) {
        self.capMonths = capMonths
        self.currency = currency
        self.tiers = tiers
    }
}
