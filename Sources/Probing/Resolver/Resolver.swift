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

    private struct Asker {
        var since: MonotonicInstant
        let timeout: Milliseconds
        let family: AddressFamily
        let name: String
        var key: Key
    }

    private struct Lookup {
        var askers: [UInt64]
        var isStarted: Bool
    }

    /// No answer is kept longer than this, in s.
    private static let longestLifetime: Int64 = 60

    private let poller: Poller
    private let servers: String?
    private let limit: Int
    private var channel: AresChannel
    // Channels that still have queries from before a change of the system's servers.
    private var retiring: [AresChannel] = []
    private var files = ResolverFiles.current()
    private var filesSeen = SystemClock.monotonic()

    private var askers: [UInt64: Asker] = [:]
    private var lookups: [Key: Lookup] = [:]
    private var started = 0
    private var queue = Fifo<Key>()
    private var cache: [Key: (answer: NameAnswer, until: MonotonicInstant)] = [:]
    private var deadlines = DeadlineHeap()
    private var answers: [Answer] = []

    init(poller: Poller, servers: String?, limit: Int) throws(ProbeEngineError) {
        self.poller = poller
        self.servers = servers
        self.limit = limit
        channel = try AresChannel(poller: poller, servers: servers)
    }

    /// Asks for the addresses of `name` on behalf of `asker`, who waits at most `timeout` ms.
    func ask(_ asker: UInt64, _ name: String, _ family: AddressFamily, timeout: Milliseconds) {
        if let answer = Self.known(name, family) {
            answers.append(Answer(asker: asker, answer: answer, took: 0))
            return
        }
        let now = SystemClock.monotonic()
        let name = name.lowercased()
        let key = Key(name: name, family: family == .ipv6 ? .ipv6 : .ipv4)
        askers[asker] = Asker(since: now, timeout: timeout, family: family, name: name, key: key)
        pose(asker, key, now)
    }

    /// `asker` waits no more.
    func forget(_ asker: UInt64) {
        askers[asker] = nil
    }

    /// The answers since the last call.
    func takeAnswers() -> [Answer] {
        if started > 0 || !retiring.isEmpty {
            for source in [channel] + retiring {
                for reply in source.takeReplies() { settle(reply) }
            }
            retiring.removeAll { $0.outstanding == 0 }
        }
        guard !answers.isEmpty else { return [] }
        defer { answers.removeAll(keepingCapacity: true) }
        return answers
    }

    /// When ``advance()`` is to be called next; nil for not at all.
    var due: MonotonicInstant? {
        var nearest = askers.isEmpty ? nil : deadlines.nearest
        if let patience {
            let at = MonotonicInstant(nanoseconds: SystemClock.monotonic().nanoseconds + patience)
            nearest = nearest.map { min($0, at) } ?? at
        }
        return nearest
    }

    /// Whether ``advance()`` has something to do at `now`.
    func isDue(_ now: MonotonicInstant) -> Bool {
        if let nearest = deadlines.nearest, nearest <= now { return true }
        return patience == 0
    }

    /// How long until a query times out, in ns.
    private var patience: UInt64? {
        if started == 0, retiring.isEmpty { return nil }
        return ([channel] + retiring).compactMap(\.patience).min()
    }

    /// A socket of c-ares is ready. Which channel's it is only that channel knows; the others ignore it.
    func process(_ event: Poller.Event) {
        for source in [channel] + retiring { source.process(event) }
    }

    /// Lets queries and askers time out.
    func advance() {
        for source in [channel] + retiring where source.outstanding > 0 { source.advance() }
        let now = SystemClock.monotonic()
        while let asker = deadlines.popDue(now) {
            guard let entry = askers[asker], entry.since + entry.timeout <= now else { continue }
            answer(asker, .timedOut, now)
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
    private func pose(_ asker: UInt64, _ key: Key, _ now: MonotonicInstant) {
        if let kept = cache[key], now < kept.until {
            resolved(asker, kept.answer, now)
        } else if var lookup = lookups[key] {
            lookup.askers.append(asker)
            lookups[key] = lookup
            if lookup.isStarted { wait(asker) }
        } else {
            lookups[key] = Lookup(askers: [asker], isStarted: false)
            queue.append(key)
            startWaiting(now)
        }
    }

    private func startWaiting(_ now: MonotonicInstant) {
        while started < limit, let key = queue.popFirst() {
            guard var lookup = lookups[key] else { continue }
            lookup.askers.removeAll { askers[$0] == nil }
            guard !lookup.askers.isEmpty else {
                lookups[key] = nil
                continue
            }
            started += 1
            lookup.isStarted = true
            lookups[key] = lookup
            for asker in lookup.askers where askers[asker]?.key == key {
                // Who had to wait for a place begins now. A second family's lookup goes on from the first's.
                if key.family == .ipv4 || askers[asker]?.family == .ipv6 { askers[asker]?.since = now }
                wait(asker)
            }
            renewChannel(now)
            channel.ask(key)
        }
    }

    private func wait(_ asker: UInt64) {
        guard let entry = askers[asker] else { return }
        deadlines.insert(asker, at: entry.since + entry.timeout)
    }

    private func settle(_ reply: AresChannel.Reply) {
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
        for asker in lookups.removeValue(forKey: reply.key)?.askers ?? [] { resolved(asker, reply.answer, now) }
        startWaiting(now)
    }

    /// An answer for `asker`, unless IPv4 has none and IPv6 may.
    private func resolved(_ asker: UInt64, _ found: NameAnswer, _ now: MonotonicInstant) {
        guard var entry = askers[asker] else { return }
        if found == .noAddress, entry.family == .any, entry.key.family == .ipv4 {
            entry.key = Key(name: entry.name, family: .ipv6)
            askers[asker] = entry
            pose(asker, entry.key, now)
        } else {
            answer(asker, found, now)
        }
    }

    private func answer(_ asker: UInt64, _ found: NameAnswer, _ now: MonotonicInstant) {
        guard let entry = askers.removeValue(forKey: asker) else { return }
        answers.append(Answer(asker: asker, answer: found, took: now.nanoseconds(since: entry.since)))
    }

    /// Makes a new channel where the system's servers have changed, looking at most every 5 s.
    private func renewChannel(_ now: MonotonicInstant) {
        guard servers == nil, now - filesSeen >= 5000 else { return }
        filesSeen = now
        let current = ResolverFiles.current()
        // While the new file cannot be used, the old servers go on.
        guard current != files, let fresh = try? AresChannel(poller: poller, servers: nil) else { return }
        files = current
        if channel.outstanding > 0 { retiring.append(channel) }
        channel = fresh
    }
}
