/// How the samples of one check are read, since when, and when it is part of its service (semantics §3.2).
public struct CheckRules: Hashable, Sendable {
    /// What is so from an instant on, until the next.
    struct Step: Hashable, Sendable {
        /// Since when; ``Instant/distantPast`` of the first.
        var from: Instant
        /// Whether the check is watched and counts.
        var isPart: Bool
        /// How long a sample speaks for the time after it, in ms.
        var staleAfter: Milliseconds
        /// How many adjacent failures make an outage.
        var confirm: Int
        /// Until when it leaves a hole where it was down when it left: the month's end.
        var holeEnd: Instant

        /// Whether a sample is read by it as by `other`.
        func reads(as other: Step) -> Bool {
            (isPart, staleAfter, confirm) == (other.isPart, other.staleAfter, other.confirm)
        }
    }

    /// What is so first.
    let first: Step
    /// What is so later, by its beginning.
    let later: [Step]

    /// The rules of `check` for all time; of none, nothing is part of anything.
    public init(always check: Check?) {
        self.init(first: Self.step(.distantPast, check, nil, after: nil), later: [])
    }

    /// Rules for all time.
    init(staleAfter: Milliseconds, confirm: Int) {
        self.init(
            first: Step(
                from: .distantPast, isPart: true, staleAfter: staleAfter, confirm: confirm, holeEnd: .distantPast),
            later: [])
    }

    private init(first: Step, later: [Step]) {
        self.first = first
        self.later = later
    }

    /// The rules of a check that was as `steps` say, nil where there was none, by their beginning, at least one.
    init(_ steps: [(from: Instant, check: Check?)], calendar: CivilCalendar) {
        let first = Self.step(.distantPast, steps.first?.check, calendar, after: nil)
        var (later, last): ([Step], Step) = ([], first)
        for step in steps.dropFirst() {
            let next = Self.step(step.from, step.check, calendar, after: last)
            if next.reads(as: last) { continue }
            later.append(next)
            last = next
        }
        self.init(first: first, later: later)
    }

    private static func step(
        _ from: Instant, _ check: Check?, _ calendar: CivilCalendar?, after last: Step?
    ) -> Step {
        let isPart = check?.counts ?? false
        let holeEnd = isPart ? nil : calendar?.interval(ofMonthContaining: from).end
        return Step(
            from: from, isPart: isPart, staleAfter: check?.staleAfter ?? last?.staleAfter ?? 1,
            confirm: check?.confirm ?? last?.confirm ?? 1, holeEnd: holeEnd ?? .distantPast)
    }

    /// Whether the same is so for all time.
    var isConstant: Bool { later.isEmpty }

    /// A stretch of time in which the check is watched and counts.
    struct Stint: Hashable, Sendable {
        /// The time; from ``Instant/distantPast`` on where it was there first.
        var interval: Interval
        /// Until when it leaves a hole where it was down at the end.
        var holeEnd: Instant
    }

    /// Every such stretch, in order.
    var stints: [Stint] {
        var stints: [Stint] = []
        var start = first.isPart ? first.from : nil
        for step in later {
            if step.isPart {
                start = start ?? step.from
            } else if let from = start {
                stints.append(Stint(interval: Interval(unchecked: from, step.from), holeEnd: step.holeEnd))
                start = nil
            }
        }
        if let start {
            stints.append(Stint(interval: Interval(unchecked: start, .distantFuture), holeEnd: .distantFuture))
        }
        return stints
    }

    /// Whether it comes or goes at `instant` or later.
    func comesOrGoes(from instant: Instant) -> Bool {
        let isPart = step(at: instant).isPart
        return later.contains { $0.from > instant && $0.isPart != isPart }
    }

    /// What is so at `instant`.
    @inline(__always)
    func step(at instant: Instant) -> Step {
        if later.isEmpty { return first }
        let count = later.partitionPoint { $0.from > instant }
        return count == 0 ? first : later[count - 1]
    }

    /// How far a sample that was taken at `instant` speaks, whatever follows.
    @inline(__always)
    func reach(of instant: Instant) -> Instant {
        let stale = instant + step(at: instant).staleAfter
        if later.isEmpty { return stale }
        return later.first { $0.from > instant && !$0.isPart }.map { min($0.from, stale) } ?? stale
    }

    /// Whether it is part of nothing at any time.
    var isNeverPart: Bool { later.isEmpty && !first.isPart }

    /// Whether it has left for good by what is known, with its last sample at `instant`.
    func hasLeft(after instant: Instant) -> Bool {
        guard let last = later.last else { return !first.isPart }
        return !last.isPart && instant < last.from
    }

    /// The first instant at which it says something else than `other`; nil where there is none.
    func firstDifference(from other: CheckRules) -> Instant? {
        if self == other { return nil }
        let instants = Set(later.map(\.from) + other.later.map(\.from) + [.distantPast])
        return instants.sorted().first { !step(at: $0).reads(as: other.step(at: $0)) }
    }
}
