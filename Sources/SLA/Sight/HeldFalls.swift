/// Services that may be about to fall, and wait until the references have said whether the monitor sees: nobody is told
/// that a service is down before that, for the references' timeout at most (semantics §10).
struct HeldFalls<Name: Hashable & Sendable>: Sendable, Equatable {
    /// How long it takes, beside the probe itself, until what a reference found is known here, in ms: two turns.
    private static var slack: Milliseconds { 1000 }

    private struct Fall: Hashable, Sendable {
        /// When the first failure began.
        var since: Instant
        /// When the last failure had ended, by what it was in; empty where nobody is waited for.
        var ends: [SightDomain: Instant]
        var deadline: MonotonicInstant
    }

    private var falls = RevertibleDictionary<Name, Fall>()

    /// Whether `service` waits.
    func holds(_ service: Name) -> Bool { falls.current[service]?.ends.isEmpty == false }

    /// `service`, which has failed as `failure` says, waits for whether `domain` is seen since, as long as `timeout` ms
    /// say at the most, from its first failure on that nobody has answered for.
    mutating func add(
        _ service: Name, _ domain: SightDomain, _ failure: Observation, timeout: Milliseconds, now: MonotonicInstant
    ) {
        let (at, end) = (failure.sample.at, failure.endedAt)
        let deadline = now + (timeout + Self.slack)
        let isKnown: Void? = falls.update(service) { fall in
            fall.since = min(fall.since, at)
            if fall.ends.isEmpty { fall.deadline = deadline }
            fall.ends[domain] = max(fall.ends[domain] ?? end, end)
        }
        if isKnown == nil {
            falls[service] = Fall(since: at, ends: [domain: end], deadline: deadline)
        }
    }

    /// `service`, which has failed from `at` on, waits for nobody: it goes with the next that are let go.
    mutating func pass(_ service: Name, since at: Instant, now: MonotonicInstant) {
        let isKnown: Void? = falls.update(service) { $0.since = min($0.since, at) }
        if isKnown == nil { falls[service] = Fall(since: at, ends: [:], deadline: now) }
    }

    /// Lets those go of which `isAnswered` says so for all that they wait for, unless `isUndecided` of what fell since the
    /// first of them, and those whose time is up.
    ///
    /// - Returns: those that go, each with the beginning of its first failure.
    mutating func release(
        now: MonotonicInstant, unless isUndecided: (Instant) -> Bool, isAnswered: (SightDomain, Instant) -> Bool
    ) -> [Name: Instant] {
        var released: [Name: Instant] = [:]
        var early: [Name: Instant] = [:]
        for (service, fall) in falls.current {
            if fall.deadline <= now {
                released[service] = fall.since
            } else if fall.ends.allSatisfy({ isAnswered($0.key, $0.value) }) {
                early[service] = fall.since
            }
        }
        if let first = early.values.min(), !isUndecided(first) { released.merge(early) { old, _ in old } }
        for service in released.keys { falls[service] = nil }
        return released
    }

    /// What has changed stays.
    mutating func commit() { falls.commit() }

    /// Everything is as it was at the last ``commit()``.
    mutating func revert() { falls.revert() }
}
