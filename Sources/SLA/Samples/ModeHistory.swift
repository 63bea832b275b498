/// How a service's checks make up its state, since when: a change begins when the service is next up by the mode before
/// (semantics §3.2).
struct ModeHistory: Hashable, Sendable {
    /// In force, by their beginning; at least one.
    private(set) var inForce: [ModeChange]
    /// The history that follows from `changes`, at least one.
    ///
    /// - Parameters:
    ///   - known: the mode in force at an instant, before which nothing is asked; nil where all is known from the
    ///     beginning.
    ///   - up: where the service was up by a mode.
    init(_ changes: [ModeChange], known: ModeChange? = nil, up: (CheckMode) -> IntervalSet) {
        inForce = [known ?? changes[0]]
        let start = known?.from ?? .distantPast
        for (index, change) in changes.enumerated() {
            let end = index + 1 < changes.count ? changes[index + 1].from : .distantFuture
            guard end > start, let mode = inForce.last?.mode, mode != change.mode,
                let begins = up(mode).first(from: max(start, change.from)), begins < end
            else { continue }
            inForce.append(ModeChange(from: begins, mode: change.mode))
        }
    }

    /// The mode in force at `instant`.
    func mode(at instant: Instant) -> CheckMode {
        inForce[max(0, inForce.partitionPoint { $0.from > instant } - 1)].mode
    }

    /// Since when it is uncertain which mode is in force, where it is so still at `instant`; nil where it is certain.
    ///
    /// - Parameters:
    ///   - start: where they were read from so far.
    ///   - up: where the service was up by a mode, from there on.
    static func uncertainty(
        of changes: [ModeChange], at instant: Instant, readFrom start: Instant, up: (CheckMode) -> IntervalSet
    ) -> Instant? {
        let earlier = changes.prefix { $0.from < instant }
        // The first was in force from the beginning.
        guard earlier.count > 1, let last = earlier.last, start > earlier[1].from else { return nil }
        // There are two modes: once the service was up by the other one, the last began, whichever was in force.
        let other: CheckMode = last.mode == .all ? .any : .all
        if let seen = Interval(max(start, last.from), instant), up(other).first(from: seen.start) ?? seen.end < seen.end
        {
            return nil
        }
        return earlier[1].from
    }
}
