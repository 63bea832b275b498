/// Failures since the monitor was last seen to see: the earliest of them is where a blindness begins.
///
/// A probe that was under way while a reference answered may have failed after that, so a failure is over with only
/// by an answer to a question that was asked when the failure had ended. Of failures that no answer can tell apart only
/// the earliest is kept.
struct Suspects: Hashable, Sendable {
    private struct Failure: Hashable, Sendable {
        let at: Instant
        let end: Instant
    }

    /// In the order of `end`, each later at its beginning than the one before it.
    private var failures: [Failure] = []

    /// When the earliest of them began; nil where there is none.
    var first: Instant? { failures.first?.at }

    /// A probe that began at `at` has failed at `end`.
    mutating func add(at: Instant, end: Instant) {
        let end = max(end, failures.last?.end ?? end)
        while let last = failures.last, last.at >= at { failures.removeLast() }
        failures.append(Failure(at: at, end: end))
    }

    /// A question that was asked at `instant` was answered.
    mutating func clear(answeredAt instant: Instant) {
        let over = failures.prefix { $0.end <= instant }.count
        if over > 0 { failures.removeFirst(over) }
    }

    /// Nothing is suspected.
    mutating func clear() { failures.removeAll() }
}
