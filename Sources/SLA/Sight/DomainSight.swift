/// Whether the monitor sees one domain: what its references answer, and since when none of them does (semantics §10).
struct DomainSight: Hashable, Sendable {
    let domain: SightDomain
    /// The failures of those that have answered, and fail; nil for those that answer. One that has never answered is none.
    private var references: [CheckID: Blindness.Failure?] = [:]
    /// Who tells while none has ever answered.
    private var unproven = UnprovenReferences()
    /// When the question was asked that was answered last.
    private(set) var lastAnswer: Instant?
    private var suspects = Suspects()
    private(set) var blindness: Blindness?
    /// Before which the blindness cannot begin; nil where it is not known.
    private var floor: Instant?
    /// The beginning of the void that is recorded; nil where none is open.
    private var recorded: Instant?
    /// The blindnesses that have ended since ``takeChanges()``.
    private var ended: [SightChange] = []

    /// A domain of which nothing is known but that it was blind when the monitor was last there.
    init(_ domain: SightDomain, resuming blindness: Blindness? = nil) {
        self.domain = domain
        self.blindness = blindness
        recorded = blindness?.from
    }

    /// Whether any reference can tell.
    var canTell: Bool { blindness != nil || !references.isEmpty || unproven.mayTell }

    /// Whether nothing is to be learnt of checks that succeed: a reference has answered, or none can.
    var isProven: Bool { !references.isEmpty || !unproven.mayTell }

    /// Whether a reference has answered a question that was asked at `instant` or later.
    func sees(since instant: Instant) -> Bool { lastAnswer.map { $0 >= instant } ?? false }

    /// How many references there are, and how many of them answer.
    var counts: (all: Int, answering: Int) { (references.count, references.values.count { $0 == nil }) }

    /// Only `kept` are references from now on. Where none is left that could tell, a blindness ends at `now`.
    mutating func follow(_ kept: Set<CheckID>, now: Instant) {
        references = references.filter { kept.contains($0.key) }
        unproven.follow(kept)
        if kept.isEmpty { end(at: now) }
    }

    /// `reference` is none, as it lies where it may not, until it answers from elsewhere. Where none is left that could
    /// tell, a blindness ends at `now`.
    mutating func exclude(_ reference: CheckID, now: Instant) {
        references[reference] = nil
        unproven.exclude(reference)
        if references.isEmpty, unproven.isNobody { end(at: now) }
    }

    /// `reference` has answered at `end` a question that was asked at `at`.
    ///
    /// A blindness is over when the answer came, not when it was asked for: what was asked with it may have been lost.
    ///
    /// - Parameter isPast: whether that was before the start: a blindness that is open has begun after it.
    mutating func answered(_ reference: CheckID, at: Instant, end: Instant, isPast: Bool) {
        references[reference] = .some(nil)
        lastAnswer = max(lastAnswer ?? at, at)
        suspects.clear(answeredAt: at)
        unproven.answered(reference)
        if !isPast { self.end(at: end) }
    }

    /// A person has judged the last blindness, from `from` on, and revoked its void: where nobody has answered since,
    /// nothing takes its place until somebody does.
    mutating func judged(from: Instant) {
        guard blindness == nil, lastAnswer.map({ $0 < from }) ?? true else { return }
        references = [:]
        unproven.giveUp()
    }

    /// `reference` has failed, in a probe from `at` to `end`.
    ///
    /// - Parameters:
    ///   - reach: how long before that the void may begin at the most, in ms.
    ///   - isPast: whether that was before the start: nothing is decided by it alone.
    mutating func failed(
        _ reference: Reference, at: Instant, end: Instant, cause: Cause?, reach: Milliseconds, isPast: Bool
    ) {
        suspect(at: at, end: end)
        let failure = Blindness.Failure(reference: reference.check.probe.url, since: at, cause: cause)
        guard let known = references[reference.id] else {
            unproven.failed(reference.id, failure)
            if !isPast { decideUnproven(at: at, reach: reach) }
            return
        }
        references[reference.id] = Blindness.Failure(
            reference: failure.reference, since: known?.since ?? at, cause: cause)
        let failures = references.values.compactMap { $0 }
        guard !isPast, failures.count == references.count else { return }
        lose(failures, from: suspects.first ?? at, floor: at - reach)
    }

    /// A check has failed in a probe from `at` to `end`; `reach` and `isPast` as above.
    mutating func failed(at: Instant, end: Instant, reach: Milliseconds, isPast: Bool) {
        suspect(at: at, end: end)
        if isPast { return }
        unproven.checkFailed(at: at)
        decideUnproven(at: at, reach: reach)
    }

    /// A check was up in a probe that began at `at`.
    ///
    /// - Returns: whether references that have never answered are none from now on, `now`.
    mutating func succeeded(at: Instant, now: Instant) -> Bool {
        guard references.isEmpty, unproven.succeeded(at: at) else { return false }
        end(at: now)
        return true
    }

    private mutating func suspect(at: Instant, end: Instant) {
        guard let blindness else { return suspects.add(at: at, end: end) }
        // It was under way when the last answer came: what it says is not to be believed either.
        guard let floor, lastAnswer.map({ end > $0 }) ?? true, at < blindness.from else { return }
        self.blindness?.from = max(at, floor)
    }

    /// Where none has ever answered, and all have failed, there is a blindness from the first failure of a check on.
    private mutating func decideUnproven(at: Instant, reach: Milliseconds) {
        guard blindness == nil, references.isEmpty, let (failures, first) = unproven.allHaveFailed else { return }
        lose(failures, from: first, floor: at - reach)
    }

    private mutating func lose(_ failures: [Blindness.Failure], from: Instant, floor: Instant) {
        guard blindness == nil else { return }
        self.floor = floor
        blindness = Blindness(
            domain, from: max(from, floor),
            failures: failures.sorted { ($0.since, $0.reference) < ($1.since, $1.reference) })
    }

    private mutating func end(at instant: Instant) {
        guard let blindness else { return }
        ended.append(.restored(blindness, until: instant, isKnown: recorded != nil))
        self.blindness = nil
        (recorded, floor) = (nil, nil)
    }

    /// The wall clock has stepped from `before` to `now`: what was before cannot be compared with what comes. A void lies
    /// on one side of the step.
    mutating func clockStepped(from before: Instant, to now: Instant) {
        suspects.clear()
        unproven.clockStepped()
        lastAnswer = nil
        guard let blindness else { return }
        end(at: before)
        self.blindness = Blindness(domain, from: now, failures: blindness.failures)
    }

    /// Whether there is anything to be recorded.
    var hasChanges: Bool { !ended.isEmpty || blindness.map { $0.from != recorded } ?? false }

    /// What is to be recorded since the last call, in order.
    mutating func takeChanges() -> [SightChange] {
        var changes = ended
        ended = []
        if let blindness, recorded != blindness.from {
            changes.append(.lost(blindness, isKnown: recorded != nil))
            recorded = blindness.from
        }
        return changes
    }
}
