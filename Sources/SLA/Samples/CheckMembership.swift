/// When a check is part of its service (semantics §3.2).
///
///     recorded  ├── first ──────────────┤        ├── again ─────
///     samples     U   U   U   D   D                   U   U
///     part      ├───────────────────────┤▒▒▒▒▒▒▒▒▒▒▒▒▒├─────────   a hole, since it was down when it left
///     or        ├── U   U   U ──────────┤             ├─────────   nothing, where it was up
struct CheckMembership: Equatable, Sendable {
    /// What is known of a check at an instant from what was before it.
    struct State: Equatable, Sendable {
        /// Whether it has had a sample since it was recorded, or was there from the beginning.
        var hasJoined: Bool
        /// Until when it leaves a hole, as an unmeasured part of the service; nil where it leaves none.
        var holeEnd: Instant?
        /// Whether its last sample that is not `unknown` is `down`.
        var wasDown: Bool
    }

    /// The time in which it is part of the service.
    let time: IntervalSet
    /// What is known of it at the end.
    let state: State

    /// The membership from `start` to `end`.
    ///
    /// - Parameters:
    ///   - known: what is known of it at `start`; nil at the beginning of time.
    ///   - covered: the time from `start` on that any of its samples covers, of whichever pass.
    ///   - wasDown: whether it was down last before an instant; nil where nothing from `start` on tells.
    init(
        _ rules: CheckRules, from start: Instant = .distantPast, to end: Instant = .distantFuture,
        known: State? = nil, covered: IntervalSet, wasDown isDown: (Instant) -> Bool?
    ) {
        var parts: [Interval] = []
        var hole = known?.holeEnd.flatMap { Interval(start, $0) }
        var wasDown = known?.wasDown ?? false
        var hasJoined = known?.hasJoined ?? rules.first.isPart
        for stint in rules.stints where stint.interval.end > start && stint.interval.start < end {
            let isThereAlready =
                stint.interval.start <= start && (known?.hasJoined ?? (stint.interval.start == .distantPast))
            let from = max(stint.interval.start, start)
            let joined = isThereAlready ? start : covered.first(from: from)
            if let joined, let stay = Interval(joined, stint.interval.end) {
                if let left = hole.flatMap({ Interval($0.start, min($0.end, joined)) }) { parts.append(left) }
                hole = nil
                parts.append(stay)
                hasJoined = joined < end
            } else {
                hasJoined = false
            }
            guard stint.interval.end < end else { break }
            hasJoined = false
            wasDown = isDown(stint.interval.end) ?? wasDown
            if wasDown {
                if let hole { parts.append(hole) }
                hole = Interval(stint.interval.end, stint.holeEnd)
            }
        }
        if let hole { parts.append(hole) }
        time = IntervalSet(parts).intersection(IntervalSet(Interval(start, end)))
        state = State(
            hasJoined: hasJoined, holeEnd: hole.flatMap { $0.end > end ? $0.end : nil },
            wasDown: isDown(end) ?? wasDown)
    }
}

extension CheckSpans {
    /// Whether the last sample before `instant` that is not `unknown` is `down`; nil where there is none.
    func wasDown(before instant: Instant) -> Bool? {
        func end(_ set: IntervalSet) -> Instant? {
            Interval(.distantPast, instant).flatMap { set.last(in: $0) }?.end
        }
        let (up, down) = (end(up), [end(down), end(undecided)].compactMap { $0 }.max())
        guard let down else { return up == nil ? nil : false }
        return up.map { $0 <= down } ?? true
    }
}
