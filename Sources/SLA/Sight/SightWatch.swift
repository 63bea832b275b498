/// Whether the monitor sees: what references and checks found in, blindness out (semantics §10). It performs nothing.
///
/// Only references decide. What checks fail with says where a blindness began, and whose answer is waited for before
/// anybody is said to be down.
public struct SightWatch: Sendable, Equatable {
    private struct State: Hashable, Sendable {
        var sights: [SightDomain: DomainSight]
        /// The domains that are blind since this step: the void is known to those who count from the next one on.
        var isNew: Set<SightDomain> = []
        /// When the last step was, by the wall clock, while there was a blindness.
        var lastBlind: Instant?
        /// References that lie in the provider's own networks.
        var own: Set<CheckID> = []
        /// What an operator should know since the last ``takeWarnings()``.
        var warnings: [SightWarning] = []
    }

    private var references: [CheckID: Reference] = [:]
    private var state: Revertible<State>
    private var held = HeldFalls<String>()
    /// Checks that are in no figure: nobody's decision waits for them.
    private var heldChecks = HeldFalls<CheckID>()

    /// A watch that goes on where the monitor was blind, and has to find out what it sees beyond that.
    public init(resuming blind: [Blindness] = []) {
        let open = Dictionary(blind.map { ($0.domain, $0) }, uniquingKeysWith: { _, last in last })
        let sights = SightDomain.allCases.map { ($0, DomainSight($0, resuming: open[$0])) }
        state = Revertible(State(sights: Dictionary(uniqueKeysWithValues: sights)))
    }

    /// What the monitor cannot see, in the order of ``SightDomain``.
    public var blind: [Blindness] { SightDomain.allCases.compactMap { state.current.sights[$0]?.blindness } }

    /// The domains of which references can tell, each with when the question was asked that was answered last.
    var seen: [SightDomain: Instant] {
        state.current.sights.filter(\.value.canTell).mapValues { $0.lastAnswer ?? .distantPast }
    }

    /// Asks `references` from now on.
    mutating func follow(_ references: [Reference], now: Instant) {
        self.references = Dictionary(references.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        state.update { state in
            for domain in SightDomain.allCases {
                let own = references.filter { $0.tells(of: domain) }
                state.sights[domain]?.follow(Set(own.map(\.id)), now: now)
            }
        }
    }

    /// Takes note of what the ledger has from before the start: who is followed already, and is known to answer.
    mutating func recall(_ past: SightRecollection, now: Instant) {
        observe(past.observations.sorted { $0.sample.at < $1.sample.at }, now: now, isPast: true)
        state.update { state in
            for blindness in past.judged { state.sights[blindness.domain]?.judged(from: blindness.from) }
        }
    }

    // MARK: - A step

    /// Takes note of what probes found, in order of time, in a step at `now`.
    mutating func observe(_ observations: [Observation], now: Instant) {
        defer { if !blind.isEmpty { state.update { $0.lastBlind = now } } }
        if !state.current.isNew.isEmpty { state.update { $0.isNew = [] } }
        observe(observations, now: now, isPast: false)
    }

    private mutating func observe(_ observations: [Observation], now: Instant, isPast: Bool) {
        let reach = references.values.map(\.reach).max() ?? 0
        for observation in observations {
            // What a stop has cut off says nothing about sight; it comes in before the stop itself is known here.
            guard observation.cause?.isMonitorStopping != true else { continue }
            if let reference = references[observation.check] {
                if observation.cause?.isOwnAddress == true {
                    exclude(reference, now: now)
                } else {
                    observe(reference, observation, reach: reach, isPast: isPast)
                }
            } else if observation.sample.state == .up {
                if !isPast { succeeded(observation, now: now) }
            } else if let domain = SightDomain(observation) {
                let (at, end) = (observation.sample.at, observation.endedAt)
                state.update { $0.sights[domain]?.failed(at: at, end: end, reach: reach, isPast: isPast) }
            }
        }
    }

    /// A reference that lies in the provider's own networks is none (semantics §10).
    private mutating func exclude(_ reference: Reference, now: Instant) {
        state.update { state in
            for domain in SightDomain.allCases where reference.tells(of: domain) {
                state.sights[domain]?.exclude(reference.id, now: now)
            }
            guard state.own.insert(reference.id).inserted else { return }
            state.warnings.append(.ownNetwork(url: reference.check.probe.url, reference.family))
        }
    }

    /// A check was up: what it was spoken to over is there, and what its name was asked of.
    private mutating func succeeded(_ observation: Observation, now: Instant) {
        let family = IPFamily(ofAddress: observation.address).map { SightDomain($0) }
        let at = observation.sample.at
        for domain in [family, observation.phases.name == nil ? nil : .names].compactMap({ $0 })
        where state.current.sights[domain]?.isProven == false {
            state.update { state in
                guard state.sights[domain]?.succeeded(at: at, now: now) == true else { return }
                state.warnings.append(.neverAnswered(domain))
            }
        }
    }

    private mutating func observe(
        _ reference: Reference, _ observation: Observation, reach: Milliseconds, isPast: Bool
    ) {
        let (at, end, cause) = (observation.sample.at, observation.endedAt, observation.cause)
        state.update { state in
            func note(_ domain: SightDomain, _ isAnswer: Bool) {
                if isAnswer {
                    let end = observation.answeredAt(of: domain)
                    state.sights[domain]?.answered(reference.id, at: at, end: end, isPast: isPast)
                } else {
                    state.sights[domain]?.failed(
                        reference, at: at, end: end, cause: cause, reach: reach, isPast: isPast)
                }
            }
            if observation.sample.state == .up { state.own.remove(reference.id) }
            note(SightDomain(reference.family), observation.answers(for: SightDomain(reference.family)))
            guard reference.isNamed else { return }
            if observation.answers(for: .names) {
                note(.names, true)
            } else if cause?.isOfName == true {
                note(.names, false)
            }
        }
    }

    /// What is to be recorded since the last call, in order.
    mutating func takeChanges() -> [SightChange] {
        let ended = SightDomain.allCases.contains { state.current.sights[$0]?.hasChanges == true }
        guard ended else { return [] }
        return state.update { state in
            SightDomain.allCases.flatMap { domain -> [SightChange] in
                let changes = state.sights[domain]?.takeChanges() ?? []
                if state.sights[domain]?.blindness != nil, !changes.isEmpty { state.isNew.insert(domain) }
                return changes
            }
        }
    }

    /// What an operator should know since the last call.
    mutating func takeWarnings() -> [SightWarning] {
        let warnings = state.current.warnings
        if !warnings.isEmpty { state.update { $0.warnings = [] } }
        return warnings
    }

    // MARK: - Who waits

    /// `service`, which is not known to be down, has failed as `observation` says: it waits for what the references say,
    /// where they can tell.
    mutating func hold(_ service: String, _ observation: Observation, now: MonotonicInstant) {
        hold(service, observation, now: now, in: \.held)
    }

    /// The same of a check that is in no figure, whose observation it is.
    mutating func holdCheck(_ observation: Observation, now: MonotonicInstant) {
        hold(observation.check, observation, now: now, in: \.heldChecks)
    }

    private mutating func hold<Key>(
        _ who: Key, _ observation: Observation, now: MonotonicInstant,
        in falls: WritableKeyPath<SightWatch, HeldFalls<Key>>
    ) {
        guard let domain = SightDomain(observation), state.current.sights[domain]?.canTell == true else {
            return self[keyPath: falls].pass(who, since: observation.sample.at, now: now)
        }
        let timeout = references.values.map(\.check.timeout).max() ?? 0
        self[keyPath: falls].add(who, domain, observation, timeout: timeout, now: now)
    }

    /// Whether it is not to be decided yet whether `check`, which is in no figure, is down.
    func holdsCheck(_ check: CheckID) -> Bool { heldChecks.holds(check) }

    /// Whether it is not to be decided yet whether `service` is down.
    func holds(_ service: String) -> Bool { held.holds(service) }

    /// Those who need not wait any longer, each with the beginning of its first failure: the monitor sees, or the void is
    /// known that takes what they failed with.
    ///
    /// - Parameter isUndecided: whether, of failures from an instant on, it is not known yet whether they are most targets'.
    mutating func release(
        now: MonotonicInstant, unless isUndecided: (Instant) -> Bool = { _ in false }
    ) -> [String: Instant] {
        held.release(now: now, unless: isUndecided, isAnswered: isAnswered)
    }

    /// The services of checks, in no figure, that need not wait any longer.
    mutating func releaseChecks(now: MonotonicInstant) -> Set<String> {
        let released = heldChecks.release(now: now, unless: { _ in false }, isAnswered: isAnswered)
        return Set(released.keys.map(\.service))
    }

    /// Whether it is known of `domain` what became of a question whose answer ended at `end`.
    private var isAnswered: (SightDomain, Instant) -> Bool {
        let (sights, isNew) = (state.current.sights, state.current.isNew)
        return { domain, end in
            guard let sight = sights[domain] else { return true }
            return sight.blindness == nil ? sight.sees(since: end) || !sight.canTell : !isNew.contains(domain)
        }
    }

    /// The wall clock has stepped to `now`: what was before it cannot be told from what comes by its instants.
    mutating func clockStepped(to now: Instant) {
        state.update { state in
            for domain in SightDomain.allCases {
                state.sights[domain]?.clockStepped(from: state.lastBlind ?? now, to: now)
            }
        }
    }

    /// What has changed stays.
    mutating func commit() {
        state.commit()
        held.commit()
        heldChecks.commit()
    }

    /// Everything is as it was at the last ``commit()``.
    mutating func revert() {
        state.revert()
        held.revert()
        heldChecks.revert()
    }
}
