/// Which probes begin when: the schedule, the probes that are under way, and the quick retry after a failure.
///
/// A check has one probe at a time. A due time that meets the check's own transfer is no due time: a service that
/// answers slowly, or not at all, is measured by the probe that waits for it, and is probed again at the next due
/// time after its end. Only where the probe before still waits for its turn is it the monitor that is late.
public struct ProbeAgenda: Sendable {
    /// How a check is probed.
    public struct Entry: Hashable, Sendable {
        /// The check.
        public var check: CheckID
        /// The time from one due instant to the next, in ms, at least 1.
        public var interval: Milliseconds
        /// How long after a failure that is not confirmed it is probed again, in ms.
        public var retryInterval: Milliseconds
        /// How many failures in a row confirm an outage.
        public var confirm: Int
        /// Whether it is a reference, which is asked at once where a failure of a check is about to be confirmed.
        public var isReference: Bool

        /// A check and its rhythm.
        public init(
            check: CheckID, interval: Milliseconds, retryInterval: Milliseconds, confirm: Int, isReference: Bool = false
        ) {
            self.check = check
            self.interval = interval
            self.retryInterval = retryInterval
            self.confirm = confirm
            self.isReference = isReference
        }
    }

    /// What is to be done at a due time.
    public enum Action: Hashable, Sendable {
        /// Begin a probe of the check.
        case begin(CheckID)
        /// Record that the monitor was late: at this instant, for this reason, nothing was seen.
        case record(CheckID, at: Instant, cause: Cause)
    }

    private var schedule = Schedule()
    private var entries: [CheckID: Entry] = [:]
    private var underWay: Set<CheckID> = []
    private var failures: [CheckID: Int] = [:]
    private var references: [CheckID] = []
    /// References that were asked for while they were under way: what they find may be from before.
    private var askedAgain: Set<CheckID> = []
    /// When each reference was last begun to be asked.
    private var asked: [CheckID: MonotonicInstant] = [:]

    /// The least time, in ms, from one question to a reference to the next that failures have asked, however many fail.
    static let leastBetweenQuestions: Milliseconds = 1000

    /// An agenda of nothing.
    public init() {}

    /// Follows `entries` from now on. Checks that it followed before at the same interval keep their due instants,
    /// their failures, and their probes that are under way.
    public mutating func replace(_ entries: [Entry], now: Now) {
        self.entries = Dictionary(entries.map { ($0.check, $0) }, uniquingKeysWith: { _, last in last })
        failures = failures.filter { self.entries[$0.key] != nil }
        references = entries.filter(\.isReference).map(\.check)
        askedAgain = askedAgain.intersection(references)
        asked = asked.filter { self.entries[$0.key]?.isReference == true }
        schedule = Schedule(entries.map { ($0.check, $0.interval) }, continuing: schedule, now: now)
    }

    /// When ``takeDue(now:isWaiting:)`` is to be called next; nil for never.
    public var nextTurn: MonotonicInstant? { schedule.nextTurn }

    /// Takes what is due at `now`, in order; whoever is named by ``Action/begin(_:)`` is under way from now on.
    ///
    /// - Parameter isWaiting: whether the check's probe that is under way still waits for its turn.
    public mutating func takeDue(now: Now, isWaiting: (CheckID) -> Bool) -> [Action] {
        var actions: [Action] = []
        for due in schedule.takeDue(now: now) {
            guard underWay.contains(due.check) else {
                if due.missed > 0 {
                    actions.append(.record(due.check, at: due.at, cause: .monitorMissed(dueTimes: due.missed)))
                }
                underWay.insert(due.check)
                if entries[due.check]?.isReference == true { asked[due.check] = now.monotonic }
                actions.append(.begin(due.check))
                continue
            }
            guard isWaiting(due.check) else { continue }
            actions.append(.record(due.check, at: due.at, cause: .monitorCrowded))
        }
        return actions
    }

    /// The probe of `check` came to `state`, at `now`: a failure that is not confirmed yet is probed again soon
    /// (semantics §3.5), and one that is about to be confirmed, or just was, has the references asked (semantics §10).
    public mutating func ended(_ check: CheckID, _ state: SampleState, now: Now) {
        underWay.remove(check)
        if askedAgain.remove(check) != nil { ask(check, now: now) }
        guard let entry = entries[check], state == .down || entry.isReference && state == .unknown else {
            failures[check] = nil
            return
        }
        let count = failures[check, default: 0] + 1
        failures[check] = count
        if count < entry.confirm { schedule.retry(check, after: entry.retryInterval, now: now) }
        if !entry.isReference, count == entry.confirm - 1 || count == entry.confirm { askReferences(now: now) }
    }

    private mutating func askReferences(now: Now) {
        for reference in references {
            // One that is under way may have been asked before what failed now.
            if underWay.contains(reference) { askedAgain.insert(reference) } else { ask(reference, now: now) }
        }
    }

    /// Has `reference` asked as soon as it may be.
    private mutating func ask(_ reference: CheckID, now: Now) {
        let wait = asked[reference].map { max(0, Self.leastBetweenQuestions - (now.monotonic - $0)) } ?? 0
        schedule.retry(reference, after: wait, now: now)
    }
}
