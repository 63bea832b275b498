/// How calm each ``BurnWindow`` has been since it was last announced as burning: the least that it held at any instant
/// from then on. It is extended as time is settled, and once more over what is open, for a question.
struct BurnMinima: Sendable, Equatable {
    private struct Minimum: Sendable, Equatable {
        let since: Instant
        /// Nil where nothing is known yet of the time since then.
        var least: Milliseconds?
    }

    /// Of the windows that were announced, by their lengths.
    private var minima: [Milliseconds: Minimum]

    /// Of windows that were announced as `announced` says, by their lengths; those of other months than `period`'s
    /// are over.
    init(since announced: [Milliseconds: Instant], in period: Interval) {
        minima = announced.filter { period.contains($0.value) }.mapValues { Minimum(since: $0) }
    }

    /// Whether no window was announced.
    var isEmpty: Bool { minima.isEmpty }

    /// What `window` held at the least since it was announced, in ms.
    func least(of window: BurnWindow) -> Milliseconds? { minima[window.length]?.least }

    /// Goes on with windows that were announced as `announced` says, where the time up to `settledTo` is taken in.
    ///
    /// - Returns: whether it can: not where one was announced at another instant before `settledTo` than is known.
    mutating func follow(_ announced: [Milliseconds: Instant], in period: Interval, settledTo: Instant) -> Bool {
        if announced.isEmpty, minima.isEmpty { return true }
        let wanted = BurnMinima(since: announced, in: period).minima
        guard wanted.allSatisfy({ minima[$0]?.since == $1.since || $1.since >= settledTo }) else { return false }
        let known = minima.filter { wanted[$0]?.since == $1.since }
        minima = wanted.merging(known) { _, known in known }
        return true
    }

    /// Takes in the time from `start` to `end`, whose downtime, and that of the longest window before it, `downtime`
    /// has.
    mutating func extend(over downtime: RecentDowntime, from start: Instant, to end: Instant) {
        for (length, known) in minima {
            let first = max(start, known.since)
            guard first <= end else { continue }
            let least = downtime.least(inWindowsOf: length, endingIn: first...end)
            minima[length]?.least = min(known.least ?? least, least)
        }
    }
}
