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
        let place = failures.partitionPoint { $0.end >= end }
        // Any answer that is over with that one is over with this one.
        if place < failures.count, failures[place].at <= at { return }
        // And the other way round: those are known by this one.
        let isSameEnd = place < failures.count && failures[place].end == end
        let from = failures[..<place].lastIndex { $0.at < at }.map { $0 + 1 } ?? 0
        failures.replaceSubrange(from..<(isSameEnd ? place + 1 : place), with: [Failure(at: at, end: end)])
    }

    /// A question that was asked at `instant` was answered.
    mutating func clear(answeredAt instant: Instant) {
        let over = failures.prefix { $0.end <= instant }.count
        if over > 0 { failures.removeFirst(over) }
    }

    /// Nothing is suspected.
    mutating func clear() { failures.removeAll() }
}
