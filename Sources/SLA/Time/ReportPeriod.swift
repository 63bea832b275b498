/// What figures are of (semantics §1, §9): a calendar month, from which a credit follows, or a longer time, from which
/// none does.
public enum ReportPeriod: Hashable, Sendable {
    /// A calendar month.
    case month(CivilMonth)
    /// Several months, as a quarter or a year.
    case months(CivilMonths)
    /// The paid term of one service.
    case term(PaidPeriod)
    /// Each service's own paid term; all of them lie within the interval.
    case terms(within: Interval)

    /// The calendar month; nil of a longer time.
    @inline(never)
    public var month: CivilMonth? {
        // Inlined where it is mapped, the optimizer of Swift 6.3 ends over it.
        if case .month(let month) = self { month } else { nil }
    }

    /// From its first instant to the first after it, by the clocks of `calendar`.
    public func interval(in calendar: CivilCalendar) -> Interval {
        switch self {
        case .month(let month): calendar.interval(of: month)
        case .months(let months):
            Interval(
                unchecked: calendar.start(of: months.first.firstDay), calendar.start(of: months.last.next.firstDay))
        case .term(let term): term.interval
        case .terms(let interval): interval
        }
    }

    /// The same as far as it is over at `asOf`; nil where nothing of it is (semantics §1).
    public func past(in calendar: CivilCalendar, asOf: Instant) -> Interval? {
        let whole = interval(in: calendar)
        return Interval(whole.start, min(whole.end, asOf))
    }

    /// The calendar months of which any of it is over at `asOf`; none where it is one itself.
    public func months(in calendar: CivilCalendar, asOf: Instant) -> [CivilMonth] {
        // Nobody looked before 1970.
        let known = Interval(Instant(milliseconds: 0), asOf)
        guard month == nil, let past = known?.intersection(interval(in: calendar)) else { return [] }
        var months = [calendar.month(containing: past.start)]
        while let next = months.last?.next, calendar.interval(of: next).start < past.end { months.append(next) }
        return months
    }

    /// Each service's own paid term, where `paid` is what is paid for of each, as known at `asOf`.
    public static func terms(of paid: some Sequence<IntervalSet>, asOf: Instant, in calendar: CivilCalendar) -> Self {
        let terms = paid.compactMap { PaidPeriod(of: $0, asOf: asOf, in: calendar)?.interval }
        let (start, end) = (terms.map(\.start).min(), terms.map(\.end).max())
        guard let start, let end else { return .terms(within: calendar.interval(ofMonthContaining: asOf)) }
        return .terms(within: Interval(unchecked: start, end))
    }

    /// What it is for a service of which `paid` is paid for: its own term, where each service's own is meant.
    func own(_ paid: IntervalSet, asOf: Instant, in calendar: CivilCalendar) -> Self {
        guard case .terms = self else { return self }
        return PaidPeriod(of: paid, asOf: asOf, in: calendar).map(Self.term) ?? self
    }
}

extension ReportPeriod: CustomStringConvertible {
    /// As it was asked for: `2026-10`, `2026-10..2026-12`, `2026-Q4`, `2026`; of a term its days, as
    /// `2026-01-01..2027-01-01`, the last exclusive; `term` of each service's own.
    public var description: String {
        switch self {
        case .month(let month): month.description
        case .months(let months): months.name
        case .term(let term): term.name
        case .terms: "term"
        }
    }
}

/// Months in a row.
public struct CivilMonths: Hashable, Sendable {
    /// The first.
    public let first: CivilMonth
    /// The last, which is one of them; not before the first.
    public let last: CivilMonth
    /// What they are called, as `2026-10..2026-12`, `2026-Q4` or `2026`.
    public let name: String

    /// The months from `first` to `last`, both included; nil where those are in the other order.
    public init?(_ first: CivilMonth, through last: CivilMonth) {
        guard first <= last else { return nil }
        (self.first, self.last, name) = (first, last, "\(first)..\(last)")
    }

    /// The quarter of a year that holds `month`.
    public init(quarterOf month: CivilMonth) {
        let quarter = (month.month - 1) / 3
        var first = month
        while first.month != quarter * 3 + 1 { first = first.previous }
        self.init(first, last: first.next.next, name: "\(Digits.padded(month.year, 4))-Q\(quarter + 1)")
    }

    /// The year that holds `month`.
    public init(yearOf month: CivilMonth) {
        var (first, last) = (month, month)
        while first.month != 1 { first = first.previous }
        while last.month != 12 { last = last.next }
        self.init(first, last: last, name: Digits.padded(month.year, 4))
    }

    /// The months written `2026-10..2026-12`, `2026-Q4` or `2026`; nil where `text` is of no such form.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "..", omittingEmptySubsequences: false)
        if parts.count == 2, let first = CivilMonth(parts[0]), let last = CivilMonth(parts[1]) {
            self.init(first, through: last)
            return
        }
        let year = text.split(separator: "-Q", maxSplits: 1, omittingEmptySubsequences: false)
        guard let january = CivilMonth("\(year[0])-01") else { return nil }
        if year.count == 1 {
            self.init(yearOf: january)
        } else {
            guard let quarter = Int(year[1]), (1...4).contains(quarter), year[1].utf8.count == 1,
                let month = CivilMonth(year: january.year, month: quarter * 3)
            else { return nil }
            self.init(quarterOf: month)
        }
    }

    private init(_ first: CivilMonth, last: CivilMonth, name: String) {
        (self.first, self.last, self.name) = (first, last, name)
    }
}

/// A maximal time that is paid for, of one service.
public struct PaidPeriod: Hashable, Sendable {
    /// The time, up to the end of the month in which it was asked for at the latest: nothing is known of what comes.
    public let interval: Interval
    /// Its days, as `2026-01-01..2027-01-01`, the last exclusive; nothing stands for an end that is open.
    public let name: String

    /// The term of `paid` that holds `asOf`, else the last before it, else the first; nil where nothing is paid for.
    init?(of paid: IntervalSet, asOf: Instant, in calendar: CivilCalendar) {
        let terms = paid.intervals
        guard let term = paid.interval(holding: asOf) ?? terms.last(where: { $0.end <= asOf }) ?? terms.first else {
            return nil
        }
        func text(_ instant: Instant) -> String {
            if instant == .distantPast || instant == .distantFuture { return "" }
            let date = calendar.date(at: instant)
            return calendar.start(of: date) == instant ? "\(date)" : RFC3339.text(instant, in: calendar.zone)
        }
        name = "\(text(term.start))..\(text(term.end))"
        let known = max(term.start + 1, calendar.interval(ofMonthContaining: asOf).end)
        interval = Interval(unchecked: term.start, min(term.end, known))
    }
}
