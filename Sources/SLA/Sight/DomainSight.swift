/// Whether the monitor sees one domain: what its references answer, and since when none of them does (semantics §10).
struct DomainSight: Hashable, Sendable {
    let domain: SightDomain
    /// The failures of those that have answered since the start, and fail; nil for those that answer. One that has never
    /// answered is none.
    private var references: [CheckID: Blindness.Failure?] = [:]
    private var lastAnswer: Instant?
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
    var canTell: Bool { blindness != nil || !references.isEmpty }

    /// Whether a reference has answered a question that was asked at `instant` or later.
    func sees(since instant: Instant) -> Bool { lastAnswer.map { $0 >= instant } ?? false }

    /// How many references there are, and how many of them answer.
    var counts: (all: Int, answering: Int) { (references.count, references.values.count { $0 == nil }) }

    /// Only `kept` are references from now on. Where none is left that could tell, a blindness ends at `now`.
    mutating func follow(_ kept: Set<CheckID>, now: Instant) {
        references = references.filter { kept.contains($0.key) }
        if kept.isEmpty { end(at: now) }
    }

    /// `reference` has answered a question that was asked at `at`.
    mutating func answered(_ reference: CheckID, at: Instant) {
        references[reference] = .some(nil)
        lastAnswer = max(lastAnswer ?? at, at)
        suspects.clear(answeredAt: at)
        end(at: at)
    }

    /// `reference` has failed, in a probe from `at` to `end`.
    ///
    /// - Parameter reach: how long before that the void may begin at the most, in ms.
    mutating func failed(_ reference: Reference, at: Instant, end: Instant, cause: Cause?, reach: Milliseconds) {
        failed(at: at, end: end)
        guard let known = references[reference.id] else { return }
        references[reference.id] = Blindness.Failure(
            reference: reference.check.probe.url, since: known?.since ?? at, cause: cause)
        let failures = references.values.compactMap { $0 }
        guard blindness == nil, failures.count == references.count else { return }
        floor = at - reach
        blindness = Blindness(
            domain, from: max(suspects.first ?? at, at - reach),
            failures: failures.sorted { ($0.since, $0.reference) < ($1.since, $1.reference) })
    }

    /// A check, or a reference, has failed in a probe from `at` to `end`.
    mutating func failed(at: Instant, end: Instant) {
        guard let blindness else { return suspects.add(at: at, end: end) }
        // It was under way when the last answer came: what it says is not to be believed either.
        guard let floor, let lastAnswer, end > lastAnswer, at < blindness.from else { return }
        self.blindness?.from = max(at, floor)
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
