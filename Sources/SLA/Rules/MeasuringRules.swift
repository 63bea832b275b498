/// How a service is measured, and whose it is, since when (semantics §3.2): what was recorded of it, each from the
/// instant on at which it became known. What was recorded first counts for all time before.
public struct MeasuringRules: Hashable, Sendable {
    /// What was so from an instant on, until the next.
    public struct Step: Hashable, Sendable {
        /// Since when; ``Instant/distantPast`` of the first.
        public var from: Instant
        /// The customer's identifier.
        public var customer: String
        /// The groups it belonged to.
        public var groups: Set<String>
        /// How its checks made up its state.
        public var mode: CheckMode
        /// Its checks; none where it was not watched.
        public var checks: [Check]

        /// What was so from `from` on.
        public init(from: Instant, customer: String, groups: Set<String>, mode: CheckMode, checks: [Check]) {
            self.from = from
            self.customer = customer
            self.groups = groups
            self.mode = mode
            self.checks = checks
        }

        /// Whether it says the same as `other`, whenever either began.
        fileprivate func says(as other: Step) -> Bool {
            (customer, groups, mode) == (other.customer, other.groups, other.mode) && checks == other.checks
        }
    }

    /// What was so, by its beginning; at least one.
    public let steps: [Step]
    /// Turns the end of a month into an instant; nil where nothing changes.
    private let calendar: CivilCalendar?

    /// What is so for all time.
    public init(always step: Step) {
        steps = [Self.first(step)]
        calendar = nil
    }

    /// What was recorded, by its beginning, at least one; the first counts for all time before. Of several of one
    /// instant the last counts.
    ///
    /// - Parameter calendar: whose months end the holes that checks leave.
    public init(_ steps: [Step], calendar: CivilCalendar) {
        precondition(!steps.isEmpty, "a service has rules")
        var kept: [Step] = []
        for step in steps {
            if let last = kept.last, last.from == step.from, kept.count > 1 { kept.removeLast() }
            guard let last = kept.last else {
                kept.append(Self.first(step))
                continue
            }
            if !last.says(as: step) { kept.append(step) }
        }
        self.steps = kept
        self.calendar = kept.count > 1 ? calendar : nil
    }

    private static func first(_ step: Step) -> Step {
        var first = step
        first.from = .distantPast
        return first
    }

    /// Whether nothing changes.
    public var isConstant: Bool { steps.count == 1 }

    /// What was so at `instant`.
    public func step(at instant: Instant) -> Step {
        steps[max(0, steps.partitionPoint { $0.from > instant } - 1)]
    }

    /// What became so before `instant`; at least the first.
    public func before(_ instant: Instant) -> MeasuringRules {
        guard !isConstant, let calendar else { return self }
        return MeasuringRules(Array(steps[..<max(1, steps.partitionPoint { $0.from >= instant })]), calendar: calendar)
    }

    /// What is so within `interval`: what was so before its beginning is only that which was so last.
    func within(_ interval: Interval) -> ArraySlice<Step> {
        let first = max(0, steps.partitionPoint { $0.from > interval.start } - 1)
        return steps[first..<max(first + 1, steps.partitionPoint { $0.from >= interval.end })]
    }

    /// The identifiers of the checks that are part of it at any instant of `interval`, in the order in which they became
    /// known; also of one that left a hole.
    public func checks(in interval: Interval) -> [String] {
        // A hole reaches to the end of the month in which it was left.
        let start = calendar.map { min(interval.start, $0.interval(ofMonthContaining: interval.start).start) }
        let reach = Interval(unchecked: start ?? interval.start, interval.end)
        var seen: Set<String> = []
        return within(reach).flatMap(\.checks).map(\.id).filter { seen.insert($0).inserted }
    }

    /// The same from `instant` on.
    public func checks(from instant: Instant) -> [String] {
        checks(in: Interval(unchecked: instant, .distantFuture))
    }

    /// The identifiers of all checks that were ever part of it, in the order in which they became known.
    public var checks: [String] { checks(from: .distantPast) }

    /// What was recorded last of the check called `id`; nil where it never had it.
    public func check(_ id: String) -> Check? {
        steps.lazy.reversed().compactMap { step in step.checks.first { $0.id == id } }.first
    }

    /// How the samples of the check called `id` are read.
    public func rules(of id: String) -> CheckRules { rules { $0.check(id) } }

    /// How samples are read by what `check` finds in each step.
    func rules(_ check: (Step) -> Check?) -> CheckRules {
        let own = steps.map { ($0.from, check($0)) }
        guard let calendar else { return CheckRules(always: own.first?.1) }
        return CheckRules(own, calendar: calendar)
    }

    /// Whether the mode was another than at first at any time before `instant`.
    public func changesMode(before instant: Instant) -> Bool {
        steps.contains { $0.from < instant && $0.mode != steps[0].mode }
    }

    /// The same, where checks that never had a vantage point with a name have those of `names`, by their identifiers.
    public func probed(from names: [String: [String]]) -> MeasuringRules {
        var steps = steps
        for index in steps.indices {
            for check in steps[index].checks.indices {
                let id = steps[index].checks[check].id
                if let own = names[id], vantages(of: id) == [nil] { steps[index].checks[check].vantages = own }
            }
        }
        return calendar.map { MeasuringRules(steps, calendar: $0) } ?? MeasuringRules(always: steps[0])
    }

    /// The time in which `condition` holds.
    func time(where condition: (Step) -> Bool) -> IntervalSet {
        let ends = steps.dropFirst().map(\.from) + [.distantFuture]
        return IntervalSet(
            zip(steps, ends).compactMap { step, end in condition(step) ? Interval(step.from, end) : nil })
    }
}
