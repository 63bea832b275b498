/// How one check of a service is measured from an instant on, as it became known: a row of `rules.csv`
/// (semantics §3.2).
public struct RuleChange: Hashable, Sendable {
    /// The service's identifier.
    public var service: String
    /// The check's identifier within it.
    public var checkID: String
    /// When it became known.
    public var knownAt: Instant
    /// Since when it was so, in a correction of the past; nil where it is so from when it became known.
    public var from: Instant?
    /// Who recorded it; empty where that is not known.
    public var by: String
    /// Why the past is corrected; empty where it is not.
    public var reason: String
    /// What proves it.
    public var evidence: String
    /// Whose the service is.
    public var customer: String
    /// The groups that it belongs to.
    public var groups: Set<String>
    /// How its checks make up its state.
    public var mode: CheckMode
    /// How the check is read; nil where it has left the service.
    public var check: Check?

    /// A change.
    public init(
        service: String, checkID: String, knownAt: Instant, from: Instant? = nil, by: String = "",
        reason: String = "", evidence: String = "", customer: String, groups: Set<String> = [],
        mode: CheckMode = .all, check: Check?
    ) {
        self.service = service
        self.checkID = checkID
        self.knownAt = knownAt
        self.from = from
        self.by = by
        self.reason = reason
        self.evidence = evidence
        self.customer = customer
        self.groups = groups
        self.mode = mode
        self.check = check
    }

    /// Since when it is so.
    public var effectiveAt: Instant { from ?? knownAt }
}

extension MeasuringRules {
    /// The rules of one service that `changes` make, as they are known at `asOf`; nil where there is none.
    ///
    /// What became known at one instant became so at once. The first counts for all time before. A correction holds
    /// from its instant until what it says of the check, the mode, the customer or the groups next changes.
    ///
    /// - Parameter calendar: whose months end the holes that checks leave.
    public init?(_ changes: [RuleChange], asOf: Instant, calendar: CivilCalendar) {
        let recorded = changes.filter { $0.from == nil }.inOrder(of: \.knownAt)
        let first = recorded.first?.knownAt
        var steps: [Step] = []
        for change in recorded where change.knownAt <= asOf || change.knownAt == first {
            if steps.last?.from != change.knownAt {
                var next = steps.last ?? Step(change)
                next.from = change.knownAt
                steps.append(next)
            }
            steps[steps.count - 1].take(change)
        }
        if steps.isEmpty { return nil }
        self = MeasuringRules(steps, calendar: calendar)
            .corrected(by: changes.filter { $0.from != nil && $0.knownAt <= asOf }, calendar: calendar)
    }

    /// The same, corrected.
    ///
    /// - Parameter corrections: in which ``RuleChange/from`` is given; of several, what became known later stands over
    ///   what did earlier.
    public func corrected(by corrections: [RuleChange], calendar: CivilCalendar) -> MeasuringRules {
        corrections.inOrder(of: \.knownAt).reduce(self) { rules, correction in
            MeasuringRules(rules.steps(correctedBy: correction), calendar: calendar)
        }
    }

    private func steps(correctedBy correction: RuleChange) -> [Step] {
        let from = correction.effectiveAt
        var said = steps
        let index = max(0, said.partitionPoint { $0.from > from } - 1)
        if said[index].from != from {
            said.insert(said[index], at: index + 1)
            said[index + 1].from = from
        }
        let start = said.firstIndex { $0.from == from } ?? index
        func holds<Value: Equatable>(_ value: (Step) -> Value) -> Range<Int> {
            let next = said.indices.dropFirst(start + 1).first { value(said[$0]) != value(said[$0 - 1]) }
            return start..<(next ?? said.count)
        }
        var steps = said
        for index in holds({ $0.check(correction.checkID) }) { steps[index].set(correction.checkID, correction.check) }
        for index in holds(\.mode) { steps[index].mode = correction.mode }
        for index in holds(\.customer) { steps[index].customer = correction.customer }
        for index in holds(\.groups) { steps[index].groups = correction.groups }
        return steps
    }

    /// What became so, a row for each change of a check, in order of time.
    ///
    /// - Parameter by: who recorded what became known at an instant.
    public func changes(of service: String, by: (Instant) -> (knownAt: Instant, name: String)) -> [RuleChange] {
        var changes: [RuleChange] = []
        for (index, step) in steps.enumerated() {
            let before = index == 0 ? nil : steps[index - 1]
            let author = by(step.from)
            let isOtherwise =
                before.map { ($0.customer, $0.groups, $0.mode) != (step.customer, step.groups, step.mode) } ?? true
            let ids = (before?.checks ?? []).map(\.id) + step.checks.map(\.id)
            var seen: Set<String> = []
            for id in ids where seen.insert(id).inserted {
                let check = step.check(id)
                guard isOtherwise || check != before?.check(id) else { continue }
                if check == nil, before?.check(id) == nil { continue }
                changes.append(
                    RuleChange(
                        service: service, checkID: id, knownAt: author.knownAt, by: author.name,
                        customer: step.customer, groups: step.groups, mode: step.mode, check: check))
            }
        }
        return changes
    }
}

extension MeasuringRules.Step {
    /// A step without checks.
    fileprivate init(_ change: RuleChange) {
        self.init(
            from: change.effectiveAt, customer: change.customer, groups: change.groups, mode: change.mode, checks: [])
    }

    /// The check called `id`; nil where there is none.
    public func check(_ id: String) -> Check? { checks.first { $0.id == id } }

    fileprivate mutating func take(_ change: RuleChange) {
        (customer, groups, mode) = (change.customer, change.groups, change.mode)
        set(change.checkID, change.check)
    }

    /// Puts `check` in place of the one called `id`, or takes that away.
    fileprivate mutating func set(_ id: String, _ check: Check?) {
        let index = checks.firstIndex { $0.id == id }
        if let check {
            if let index { checks[index] = check } else { checks.append(check) }
        } else if let index {
            checks.remove(at: index)
        }
    }
}
