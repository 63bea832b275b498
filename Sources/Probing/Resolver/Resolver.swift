import Addresses
import Platform
import SLA

/// Finds the addresses of names: literals and `localhost` at once, the rest by c-ares, with one query for all
/// who ask for the same name, no more than a bounded number at a time, and answers kept no longer than the
/// server allows. It calls nobody back; answers are taken with ``takeAnswers()``.
final class Resolver {
    /// What one query asks for.
    struct Key: Hashable {
        let name: String
        let family: IPAddress.Family
    }

    /// The answer for one asker, and how long after asking it came, in ns; time spent waiting for a place among
    /// the lookups is not in it.
    struct Answer {
        let asker: UInt64
        let answer: NameAnswer
        let took: UInt64
    }

    /// Who asks, and how long it may take.
    struct Question {
        let asker: UInt64
        let name: String
        let family: AddressFamily
        /// How long the asker waits at the most, in ms, from the moment its query is sent.
        let timeout: Milliseconds
        /// Whom the query is made for.
        let customer: String
        /// Whether the asker's last probe ran out of time.
        let isSlow: Bool
    }

    private struct Asker {
        let question: Question
        /// When its time began; moved on by all waiting since.
        var since: MonotonicInstant
        /// Since when it waits for its lookup's place.
        var waitingSince: MonotonicInstant?
        /// What the engine had lost of its time when it asked, in ns.
        let lostBefore: UInt64
        var key: Key
    }

    private struct Lookup {
        var askers: [UInt64]
        /// Its place; nil while it waits for one.
        var place: Admission<Key>.Place?
    }

    /// No answer is kept longer than this, in s.
    private static let longestLifetime: Int64 = 60
    /// How often c-ares is asked whether a query has waited too long, in ms. It would tell when, but looks at every
    /// query for that.
    private static let checkInterval: Milliseconds = 100

    private let poller: Poller
    private let servers: String?
    private var channel: AresChannel
    // Channels that still have queries from before a change of the system's servers.
    private var retiring: [AresChannel] = []
    private let current: () -> ResolverFiles
    private let filesInterval: Milliseconds
    private var files: ResolverFiles
    private var filesSeen = SystemClock.monotonic()

    private var askers: [UInt64: Asker] = [:]
    private var lookups: [Key: Lookup] = [:]
    private var keys: [UInt64: Key] = [:]
    private var lastTicket: UInt64 = 0
    private var admission: Admission<Key>
    private var started = 0
    private var nextLook: MonotonicInstant?
    private var cache: [Key: (answer: NameAnswer, until: MonotonicInstant)] = [:]
    private var deadlines = KeyedHeap<UInt64, MonotonicInstant>()
    private var answers: [Answer] = []

    /// - Parameters:
    ///   - servers: servers to ask instead of the system's.
    ///   - current: what tells whether the system's servers are others than before; looked at every `filesInterval` ms.
    init(
        poller: Poller, servers: String?, limit: Int, filesInterval: Milliseconds = 5000,
        current: @escaping () -> ResolverFiles = ResolverFiles.current
    ) throws(ProbeEngineError) {
        self.poller = poller
        self.servers = servers
        self.current = current
        self.filesInterval = filesInterval
        files = current()
        admission = Admission(places: limit)
        channel = try AresChannel(poller: poller, servers: servers)
    }

    /// Changes how many queries there may be at a time.
    func resize(to limit: Int) {
        admission.resize(to: limit)
        startWaiting(SystemClock.monotonic())
    }

    /// Asks `question`; of its time, `lost` ns were lost to the engine so far.
    func ask(_ question: Question, lost: UInt64) {
        if let answer = Self.known(question.name, question.family) {
            answers.append(Answer(asker: question.asker, answer: answer, took: 0))
            return
        }
        let now = SystemClock.monotonic()
        let key = Key(name: question.name.lowercased(), family: question.family == .ipv6 ? .ipv6 : .ipv4)
        askers[question.asker] = Asker(question: question, since: now, lostBefore: lost, key: key)
        enqueue(question.asker, key, now)
    }

    /// `asker` waits no more.
    func forget(_ asker: UInt64) {
        askers[asker] = nil
        deadlines.remove(asker)
    }

    /// Whether the query of `asker` waits for its turn.
    func isWaiting(_ asker: UInt64) -> Bool {
        askers[asker].flatMap { lookups[$0.key] }.map { $0.place == nil } ?? false
    }

    /// The answers since the last call.
    func takeAnswers() -> [Answer] {
        if started > 0 || !retiring.isEmpty {
            for source in [channel] + retiring {
                for reply in source.takeReplies() { complete(reply) }
            }
            retiring.removeAll { $0.outstanding == 0 }
        }
        guard !answers.isEmpty else { return [] }
        defer { answers.removeAll(keepingCapacity: true) }
        return answers
    }

    /// When ``advance(_:)`` is to be called next; nil for not at all.
    var due: MonotonicInstant? {
        let look = started > 0 || !retiring.isEmpty ? nextLook : nil
        return [look, deadlines.first?.priority].compactMap { $0 }.min()
    }

    /// A socket of c-ares is ready. Which channel's it is only that channel knows; the others ignore it.
    func process(_ event: Poller.Event) {
        for source in [channel] + retiring { source.process(event) }
    }

    /// Lets queries and askers run out of time, where ``due`` has come. What the engine lost of its time, `lost` ns so
    /// far, is not taken out of theirs.
    func advance(_ now: MonotonicInstant, lost: UInt64) {
        if let nextLook, nextLook <= now {
            self.nextLook = now + Self.checkInterval
            for source in [channel] + retiring where source.outstanding > 0 { source.advance() }
        }
        while let first = deadlines.first, first.priority <= now {
            guard let entry = askers[first.key] else {
                deadlines.remove(first.key)
                continue
            }
            let deadline = (entry.since + entry.question.timeout).later(byNanoseconds: lost - entry.lostBefore)
            if deadline > now { deadlines.set(first.key, to: deadline) } else { answer(first.key, .timedOut, now) }
        }
    }

    /// What needs no query.
    private static func known(_ name: String, _ family: AddressFamily) -> NameAnswer? {
        let isLocal = name.utf8.count == 9 && name.lowercased() == "localhost"
        let literal = isLocal ? IPAddress(family == .ipv6 ? "::1" : "127.0.0.1") : IPAddress(name)
        guard let literal else { return nil }
        switch (family, literal.family) {
        case (.any, _), (.ipv4, .ipv4), (.ipv6, .ipv6): return .addresses([literal])
        default: return .noAddress
        }
    }

    /// Puts `asker` to the lookup of `key`, from the cache, or to one that is under way, or to a new one.
    private func enqueue(_ asker: UInt64, _ key: Key, _ now: MonotonicInstant) {
        if let kept = cache[key], now < kept.until {
            resolved(asker, kept.answer, now)
        } else if lookups[key] != nil {
            lookups[key]?.askers.append(asker)
            if lookups[key]?.place != nil { setDeadline(asker) } else { wait(asker, now) }
        } else if let question = askers[asker]?.question {
            lastTicket += 1
            let place = Admission<Key>.Place(
                customer: question.customer, destination: key, standing: question.isSlow ? .slow : .quick)
            lookups[key] = Lookup(askers: [asker])
            keys[lastTicket] = key
            wait(asker, now)
            if let place = admission.enter(lastTicket, place) { start(lastTicket, place, now) }
        }
    }

    private func startWaiting(_ now: MonotonicInstant) {
        while let (ticket, place) = admission.admit() { start(ticket, place, now) }
    }

    /// Sends the query that has a place now, unless nobody waits for it any more.
    private func start(_ ticket: UInt64, _ place: Admission<Key>.Place, _ now: MonotonicInstant) {
        guard let key = keys.removeValue(forKey: ticket), var lookup = lookups[key] else {
            return admission.leave(place)
        }
        lookup.askers.removeAll { askers[$0] == nil }
        lookup.place = place
        guard !lookup.askers.isEmpty else {
            lookups[key] = nil
            return admission.leave(place)
        }
        lookups[key] = lookup
        started += 1
        if nextLook == nil || started == 1 { nextLook = now + Self.checkInterval }
        for asker in lookup.askers { resume(asker, now) }
        renewChannel(now)
        channel.ask(key)
    }

    /// `asker` waits for its turn, which takes nothing of its time.
    private func wait(_ asker: UInt64, _ now: MonotonicInstant) {
        askers[asker]?.waitingSince = now
        deadlines.remove(asker)
    }

    /// The turn of `asker` has come.
    private func resume(_ asker: UInt64, _ now: MonotonicInstant) {
        guard let entry = askers[asker], let waiting = entry.waitingSince else { return }
        askers[asker]?.since = entry.since.later(byNanoseconds: now.nanoseconds(since: waiting))
        askers[asker]?.waitingSince = nil
        setDeadline(asker)
    }

    private func setDeadline(_ asker: UInt64) {
        guard let entry = askers[asker] else { return }
        deadlines.set(asker, to: entry.since + entry.question.timeout)
    }

    private func complete(_ reply: AresChannel.Reply) {
        let now = SystemClock.monotonic()
        started -= 1
        let lifetime = min(reply.lifetime, Self.longestLifetime)
        if lifetime > 0 {
            if cache.count >= 20_000 { cache = cache.filter { now < $0.value.until } }
            if cache.count >= 20_000 { cache.removeAll() }
            cache[reply.key] = (reply.answer, now + lifetime * 1000)
        } else {
            cache[reply.key] = nil
        }
        let lookup = lookups.removeValue(forKey: reply.key)
        if let place = lookup?.place { admission.leave(place) }
        for asker in lookup?.askers ?? [] { resolved(asker, reply.answer, now) }
        startWaiting(now)
    }

    /// An answer for `asker`, unless IPv4 has none and IPv6 may.
    private func resolved(_ asker: UInt64, _ found: NameAnswer, _ now: MonotonicInstant) {
        guard var entry = askers[asker] else { return }
        if found == .noAddress, entry.question.family == .any, entry.key.family == .ipv4 {
            entry.key = Key(name: entry.key.name, family: .ipv6)
            askers[asker] = entry
            enqueue(asker, entry.key, now)
        } else {
            answer(asker, found, now)
        }
    }

    private func answer(_ asker: UInt64, _ found: NameAnswer, _ now: MonotonicInstant) {
        guard let entry = askers.removeValue(forKey: asker) else { return }
        deadlines.remove(asker)
        answers.append(Answer(asker: asker, answer: found, took: now.nanoseconds(since: entry.since)))
    }

    /// Makes a new channel where the system's servers have changed, looking now and then.
    private func renewChannel(_ now: MonotonicInstant) {
        guard servers == nil, now - filesSeen >= filesInterval else { return }
        filesSeen = now
        let current = current()
        // While the new file cannot be used, the old servers go on.
        guard current != files, let fresh = try? AresChannel(poller: poller, servers: nil) else { return }
        files = current
        // It may have answers that nobody has taken yet, also where nothing is outstanding.
        retiring.append(channel)
        channel = fresh
    }
}
