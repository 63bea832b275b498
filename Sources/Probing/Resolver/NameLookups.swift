import SLA

/// The queries that are under way or wait for a place, each for all who ask for the same. Pure.
struct NameLookups {
    typealias Key = Resolver.Key

    /// After how long without an answer it is asked whether the resolvers answer at all, in ms.
    private static let patience: Milliseconds = 250

    private struct Lookup {
        var askers: [UInt64]
        /// Its place; nil while it waits for one.
        var place: Admission<Key>.Place?
        /// When it was sent first.
        var since = MonotonicInstant(nanoseconds: 0)
        /// Which of the resolvers is asked.
        var opinion = 0
        /// What the last of them said, where that is kept back.
        var fault: Cause.NameServerFault?
    }

    /// A lookup that is over.
    struct Finished {
        let askers: [UInt64]
        let since: MonotonicInstant
        let fault: Cause.NameServerFault?
    }

    /// What becomes of one who asks.
    enum Joining {
        case underWay, waits, begins
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
    mutating func join(_ key: Key, _ question: Resolver.Question) -> Joining {
        if let lookup = lookups[key] {
            lookups[key]?.askers.append(question.asker)
            return lookup.place == nil ? .waits : .underWay
        }
        lastTicket += 1
        let place = Admission<Key>.Place(
            customer: question.customer, destination: key, standing: question.isSlow ? .slow : .quick)
        lookups[key] = Lookup(askers: [question.asker])
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
        guard let askers = lookups[key]?.askers.filter(isOpen), !askers.isEmpty else {
            _ = finish(key)
            return nil
        }
        lookups[key]?.askers = askers
        lookups[key]?.since = now
        sent.append((key, now))
        return askers
    }

    /// The next resolver to ask for `key`, of `count`; nil where all were asked, or nobody waits for it.
    mutating func nextOpinion(_ key: Key, of count: Int) -> Int? {
        guard let opinion = lookups[key]?.opinion, opinion + 1 < count else { return nil }
        lookups[key]?.opinion = opinion + 1
        return opinion + 1
    }

    /// When the query of `key` was sent; nil where there is none.
    func since(_ key: Key) -> MonotonicInstant? { lookups[key]?.since }

    /// What was said of `key` is kept back.
    mutating func suspect(_ key: Key, _ fault: Cause.NameServerFault) {
        lookups[key]?.fault = fault
        suspects.append(key)
    }

    /// The lookups of which something is kept back; they are over.
    mutating func takeSuspects() -> [(Key, Finished)] {
        defer { suspects.removeAll() }
        return suspects.compactMap { key in finish(key).map { (key, $0) } }
    }

    /// The query of `key` is over.
    mutating func finish(_ key: Key) -> Finished? {
        guard let lookup = lookups.removeValue(forKey: key) else { return nil }
        if let place = lookup.place { admission.leave(place) }
        return Finished(askers: lookup.askers, since: lookup.since, fault: lookup.fault)
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
