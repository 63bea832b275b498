/// How a service's state is made up, since when: a changed mode or quorum begins when the service is next up by the old
/// one (semantics §3.2). Whoever is new or gone among the checks waits for nothing.
struct CombinationHistory: Hashable, Sendable {
    /// In force, by their beginning; at least one.
    private(set) var inForce: [CombinationChange]

    /// The history that follows from `changes`, at least one.
    ///
    /// - Parameters:
    ///   - known: what is in force at an instant, before which nothing is asked; nil where all is known from the
    ///     beginning.
    ///   - up: where the service was up by a combination.
    init(_ changes: [CombinationChange], known: CombinationChange? = nil, up: (Combination) -> IntervalSet) {
        inForce = [known ?? changes[0]]
        let start = known?.from ?? .distantPast
        for (index, change) in changes.enumerated() {
            let end = index + 1 < changes.count ? changes[index + 1].from : .distantFuture
            guard end > start, let last = inForce.last?.combination else { continue }
            let from = max(start, change.from)
            let old = last.withChecks(of: change.combination)
            if old != last { inForce.append(CombinationChange(from: from, old)) }
            guard old != change.combination, let begins = up(old).first(from: from), begins < end else { continue }
            inForce.append(CombinationChange(from: begins, change.combination))
        }
    }

    /// What is in force at `instant`.
    func combination(at instant: Instant) -> Combination {
        inForce[max(0, inForce.partitionPoint { $0.from > instant } - 1)].combination
    }

    /// What is said of `value`, each with the time in which it is in force: one for all time where nothing of it
    /// changes.
    func stretches<Value: Equatable>(of value: (Combination) -> Value) -> [(value: Value, time: Interval)] {
        var found: [(value: Value, from: Instant)] = []
        for change in inForce {
            let own = value(change.combination)
            if found.last?.value != own { found.append((own, found.isEmpty ? .distantPast : change.from)) }
        }
        let ends = found.dropFirst().map(\.from) + [.distantFuture]
        return zip(found, ends).compactMap { part, end in Interval(part.from, end).map { (part.value, $0) } }
    }

    /// Since when it is uncertain what is in force, where it is so still at `instant`; nil where it is certain.
    ///
    /// - Parameters:
    ///   - start: where they were read from so far.
    ///   - up: where the service was up by a combination, from there on.
    static func uncertainty(
        of changes: [CombinationChange], at instant: Instant, readFrom start: Instant,
        up: (Combination) -> IntervalSet
    ) -> Instant? {
        // The first was in force from the beginning.
        guard let second = changes.dropFirst().first?.from, second < min(start, instant) else { return nil }
        // What may have been in force at the start: each change had begun by then, or not.
        var possible: Set = [changes[0].combination]
        for change in changes.dropFirst() where change.from < start {
            possible = Set(possible.map { $0.withChecks(of: change.combination) })
            possible.insert(change.combination)
        }
        let found = Set(
            possible.map {
                CombinationHistory(changes, known: CombinationChange(from: start, $0), up: up).combination(at: instant)
            })
        return found.count > 1 ? second : nil
    }
}
