import SLA

/// The queries that are under way or wait for a place, each for all who ask for the same. Pure.
struct NameLookups {
    typealias Key = Resolver.Key

    /// After how long without an answer it is asked whether the resolvers answer at all, in ms.
    private static let patience: Milliseconds = 250
    /// For how long a query is also that of those who ask later, in ms: where nothing comes, it is sent again within
    /// that time. What is said of a name to a query of before decides nothing for whoever asks now.
    private static let freshness: Milliseconds = 500

    private struct Asker {
        let id: UInt64
        /// When it came.
        let since: MonotonicInstant
    }

    private struct Lookup {
        var askers: [Asker]
        /// Its place; nil while it waits for one.
        var place: Admission<Key>.Place?
        /// When the last of its queries was sent first.
        var since = MonotonicInstant(nanoseconds: 0)
        /// What the last resolver said to the query of an instant, where that is kept back.
        var kept: (fault: Cause.NameServerFault, asked: MonotonicInstant)?
        /// Whether a resolver has said that its answer is longer than what it sends.
        var isCutShort = false
    }

    /// A lookup that is over, for those whose query it was.
    struct Finished {
        let askers: [UInt64]
        /// When the query was sent.
        let since: MonotonicInstant
    }

    /// What becomes of one who asks.
    enum Joining {
        case underWay, waits, begins
        /// Its query is too old for that one: another is to be sent.
        case again
    }

    private var lookups: [Key: Lookup] = [:]
    private var keys: [UInt64: Key] = [:]
    private var lastTicket: UInt64 = 0
    private var admission: Admission<Key>
    /// Those that were sent, in order, up to those that have been looked at for their long silence.
    private var sent = Fifo<(key: Key, since: MonotonicInstant)>()
    private var suspects: [Key] = []

    /// - Parameter places: how many queries there may be at a time.
    init(places: Int) {
        admission = Admission(places: places)
    }

    mutating func resize(to limit: Int) { admission.resize(to: limit) }

    /// Whether any query was sent that is not over.
    var isBusy: Bool { admission.taken > 0 }

    /// Puts who asks `question` to the lookup of `key`.
    mutating func join(_ key: Key, _ question: Resolver.Question, _ now: MonotonicInstant) -> Joining {
        let asker = Asker(id: question.asker, since: now)
        if let lookup = lookups[key] {
            lookups[key]?.askers.append(asker)
            guard lookup.place != nil else { return .waits }
            return now - lookup.since < Self.freshness ? .underWay : .again
        }
        lastTicket += 1
        let place = Admission<Key>.Place(
            customer: question.customer, destination: key, standing: question.isSlow ? .slow : .quick)
        lookups[key] = Lookup(askers: [asker])
        keys[lastTicket] = key
        guard let place = admission.enter(lastTicket, place) else { return .waits }
        keys[lastTicket] = nil
        lookups[key]?.place = place
        return .begins
    }

    /// The next query that has a place now; nil where there is none.
    mutating func admit() -> Key? {
        while let (ticket, place) = admission.admit() {
            guard let key = keys.removeValue(forKey: ticket), lookups[key] != nil else {
                admission.leave(place)
                continue
            }
            lookups[key]?.place = place
            return key
        }
        return nil
    }

    /// The query of `key` is sent; returns who waits for it, or nil where nobody does any more, and it is over.
    mutating func start(_ key: Key, _ now: MonotonicInstant, where isOpen: (UInt64) -> Bool) -> [UInt64]? {
        guard let askers = lookups[key]?.askers.filter({ isOpen($0.id) }), !askers.isEmpty else {
            _ = finish(key)
            return nil
        }
        lookups[key]?.askers = askers
        note(key, now)
        return askers.map(\.id)
    }

    /// A query for `key` is sent.
    mutating func note(_ key: Key, _ now: MonotonicInstant) {
        lookups[key]?.since = now
        sent.append((key, now))
    }

    /// Whether anybody waits for `key`.
    func isOpen(_ key: Key) -> Bool { lookups[key] != nil }

    /// The answer for `key` is longer than what comes over UDP.
    mutating func noteCutShort(_ key: Key) { lookups[key]?.isCutShort = true }

    /// Whether it is.
    func isCutShort(_ key: Key) -> Bool { lookups[key]?.isCutShort ?? false }

    /// What was said of `key` to the query that was sent at `asked` is kept back.
    mutating func suspect(_ key: Key, _ fault: Cause.NameServerFault, asked: MonotonicInstant) {
        lookups[key]?.kept = (fault, asked)
        suspects.append(key)
    }

    /// The lookups of which something is kept back; they are over, for those whose query it was.
    mutating func takeSuspects() -> [(key: Key, lookup: Finished, fault: Cause.NameServerFault)] {
        defer { suspects.removeAll() }
        return suspects.compactMap { key in
            guard let kept = lookups[key]?.kept, let lookup = fail(key, asked: kept.asked) else { return nil }
            return (key, lookup, kept.fault)
        }
    }

    /// There are addresses for `key`, for all who wait for them, or nobody does.
    mutating func finish(_ key: Key) -> Finished? {
        guard let lookup = lookups.removeValue(forKey: key) else { return nil }
        if let place = lookup.place { admission.leave(place) }
        return Finished(askers: lookup.askers.map(\.id), since: lookup.since)
    }

    /// The query for `key` that was sent at `asked` led to no address: whoever came long after it waits for the next.
    mutating func fail(_ key: Key, asked: MonotonicInstant) -> Finished? {
        guard let lookup = lookups[key] else { return nil }
        guard asked < lookup.since else { return finish(key) }
        let isLater = { (asker: Asker) in asker.since - asked >= Self.freshness }
        lookups[key]?.askers = lookup.askers.filter(isLater)
        return Finished(askers: lookup.askers.filter { !isLater($0) }.map(\.id), since: asked)
    }

    /// When the last of those queries was sent that have been without an answer for a while and were not looked at for
    /// that before; nil where there is none.
    mutating func takeUnanswered(_ now: MonotonicInstant) -> MonotonicInstant? {
        var last: MonotonicInstant?
        while let first = sent.first, now - first.since >= Self.patience {
            _ = sent.popFirst()
            if let lookup = lookups[first.key], lookup.place != nil, lookup.since == first.since { last = first.since }
        }
        return last
    }
}
