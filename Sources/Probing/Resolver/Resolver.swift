import Addresses
import Platform
import SLA

/// Finds the addresses of names: literals and `localhost` at once, the rest by c-ares, with one query for all
/// who ask for the same name, no more than a bounded number at a time, and answers kept no longer than the
/// server allows. It calls nobody back; answers are taken with ``takeAnswers()``.
///
/// It tells a name that nobody answers for from resolvers that answer nothing: see ``ResolverChannels``.
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
        /// Whether all addresses are wanted, and not just those that are known soon enough.
        var wantsAll = false
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
        /// Since when it waits for a place for the first of its lookups.
        var waitingSince: MonotonicInstant?
        /// What the engine had lost of its time when it asked, in ns.
        let lostBefore: UInt64
        var found: FoundAddresses
        /// When it goes on with what is known then.
        var patience: MonotonicInstant?
    }

    /// How often c-ares is asked whether a query has waited too long, in ms. It would tell when, but looks at every
    /// query for that.
    private static let checkInterval: Milliseconds = 100

    private let channels: ResolverChannels
    private var askers: [UInt64: Asker] = [:]
    private var lookups: NameLookups
    private var nextLook: MonotonicInstant?
    private var cache = NameCache()
    private var deadlines = KeyedHeap<UInt64, MonotonicInstant>()
    private var answers: [Answer] = []

    /// - Parameters:
    ///   - servers: servers to ask instead of the system's.
    ///   - current: what tells whether the system's servers are others than before; looked at every `filesInterval` ms.
    init(
        poller: Poller, servers: String?, limit: Int, filesInterval: Milliseconds = 5000,
        current: @escaping () -> ResolverFiles = ResolverFiles.current
    ) throws(ProbeEngineError) {
        channels = try ResolverChannels(
            poller: poller, servers: servers, filesInterval: filesInterval, current: current)
        lookups = NameLookups(places: limit)
    }

    /// Changes how many queries there may be at a time.
    func resize(to limit: Int) {
        lookups.resize(to: limit)
        startWaiting(SystemClock.monotonic())
    }

    /// Asks `question`; of its time, `lost` ns were lost to the engine so far.
    func ask(_ question: Question, lost: UInt64) {
        if let answer = Self.known(question.name, question.family) {
            answers.append(Answer(asker: question.asker, answer: answer, took: 0))
            return
        }
        let now = SystemClock.monotonic()
        let found = FoundAddresses(question.family)
        askers[question.asker] = Asker(
            question: question, since: now, waitingSince: now, lostBefore: lost, found: found)
        let name = question.name.lowercased()
        // IPv4 first: where there is one place only, it tells more.
        for family in [IPAddress.Family.ipv4, .ipv6] where found.missing.contains(family) {
            // An answer that is there at once may have made the other needless.
            if askers[question.asker] != nil { enqueue(question, Key(name: name, family: family), now) }
        }
    }

    /// `asker` waits no more.
    func forget(_ asker: UInt64) {
        askers[asker] = nil
        deadlines.remove(asker)
    }

    /// Whether the queries of `asker` wait for their turn.
    func isWaiting(_ asker: UInt64) -> Bool { askers[asker]?.waitingSince != nil }

    /// The answers since the last call.
    func takeAnswers() -> [Answer] {
        if channels.isBusy || lookups.isBusy {
            let (replies, isControlOver) = channels.takeReplies()
            for reply in replies { take(reply) }
            if isControlOver {
                let now = SystemClock.monotonic()
                for (key, lookup) in lookups.takeSuspects() { conclude(key, lookup, now) }
            }
        }
        guard !answers.isEmpty else { return [] }
        defer { answers.removeAll(keepingCapacity: true) }
        return answers
    }

    /// When ``advance(_:lost:)`` is to be called next; nil for not at all.
    var due: MonotonicInstant? {
        let look = channels.isBusy || lookups.isBusy ? nextLook : nil
        return [look, deadlines.first?.priority].compactMap { $0 }.min()
    }

    /// A socket of c-ares is ready.
    func process(_ event: Poller.Event) { channels.process(event) }

    /// Lets queries and askers run out of time, where ``due`` has come. What the engine lost of its time, `lost` ns so
    /// far, is not taken out of theirs.
    func advance(_ now: MonotonicInstant, lost: UInt64) {
        if let nextLook, nextLook <= now {
            self.nextLook = now + Self.checkInterval
            channels.advance()
            // A name without an answer: do the resolvers answer at all?
            if let since = lookups.takeUnanswered(now), !channels.hasAnswered(since: since) { channels.askControl() }
        }
        while let first = deadlines.first, first.priority <= now {
            guard let entry = askers[first.key] else {
                deadlines.remove(first.key)
                continue
            }
            let end = (entry.since + entry.question.timeout).later(byNanoseconds: lost - entry.lostBefore)
            let deadline = entry.patience.map { min($0, end) } ?? end
            if deadline > now {
                deadlines.set(first.key, to: deadline)
            } else if let addresses = entry.found.addresses {
                answer(first.key, .addresses(addresses), now)
            } else {
                answer(first.key, silence(since: entry.since, nil), now)
            }
        }
    }

    /// What it means that a question of `since` has no answer: others have answers, or nobody has.
    private func silence(since: MonotonicInstant, _ reason: String?) -> NameAnswer {
        channels.hasAnswered(since: since) ? .fault(.silence) : .silence(reason)
    }

    /// What needs no query.
    private static func known(_ name: String, _ family: AddressFamily) -> NameAnswer? {
        let isLocal = name.utf8.count == 9 && name.lowercased() == "localhost"
        let addresses =
            isLocal ? ["127.0.0.1", "::1"].compactMap { IPAddress($0) } : [IPAddress(name)].compactMap { $0 }
        guard !addresses.isEmpty else { return nil }
        let wanted = addresses.filter { family == .any || (family == .ipv4) == ($0.family == .ipv4) }
        return wanted.isEmpty ? .noAddress : .addresses(wanted)
    }

    /// Puts the asker to the lookup of `key`, from the cache, or to one that is under way, or to a new one.
    private func enqueue(_ question: Question, _ key: Key, _ now: MonotonicInstant) {
        if let kept = cache.answer(key, now) {
            resolved(question.asker, kept, key.family, now)
        } else if question.family == .any, !question.wantsAll, cache.isAbsent(key, now) {
            resolved(question.asker, .noAddress, key.family, now)
        } else {
            switch lookups.join(key, question) {
            case .underWay: resume(question.asker, now)
            case .waits: break
            case .begins: start(key, now)
            }
        }
    }

    private func startWaiting(_ now: MonotonicInstant) {
        while let key = lookups.admit() { start(key, now) }
    }

    /// Sends the query of `key`, which has a place now, unless nobody waits for it any more.
    private func start(_ key: Key, _ now: MonotonicInstant) {
        guard let waiting = lookups.start(key, now, where: { askers[$0] != nil }) else { return }
        if nextLook.map({ $0 <= now }) ?? true { nextLook = now + Self.checkInterval }
        for asker in waiting { resume(asker, now) }
        channels.renew(now)
        channels.ask(key, opinion: 0)
    }

    /// The turn of `asker` has come: until now it has waited, which takes nothing of its time.
    private func resume(_ asker: UInt64, _ now: MonotonicInstant) {
        guard let entry = askers[asker], let waiting = entry.waitingSince else { return }
        let since = entry.since.later(byNanoseconds: now.nanoseconds(since: waiting))
        askers[asker]?.since = since
        askers[asker]?.waitingSince = nil
        deadlines.set(asker, to: entry.patience ?? since + entry.question.timeout)
    }

    /// Takes what a resolver says, or asks another one where it says nothing useful.
    private func take(_ reply: AresChannel.Reply) {
        let now = SystemClock.monotonic()
        cache.keep(reply.answer, of: reply.key, lifetime: reply.lifetime, now)
        guard case .fault(let fault) = reply.answer else {
            return lookups.finish(reply.key).map { conclude(reply.key, $0, reply.answer, now) } ?? startWaiting(now)
        }
        if let opinion = lookups.nextOpinion(reply.key, of: channels.opinions) {
            return channels.ask(reply.key, opinion: opinion)
        }
        // SERVFAIL is what a resolver says of a name. Anything else may be what it says to everybody.
        if fault != .serverFailure, let since = lookups.since(reply.key), !channels.hasAnswered(since: since) {
            lookups.suspect(reply.key, fault)
            return channels.askControl()
        }
        if let lookup = lookups.finish(reply.key) { conclude(reply.key, lookup, reply.answer, now) }
    }

    /// A lookup is over whose answer was kept back until it is known whether its resolvers answer anything.
    private func conclude(_ key: Key, _ lookup: NameLookups.Finished, _ now: MonotonicInstant) {
        guard let fault = lookup.fault else { return }
        let isAlive = channels.hasAnswered(since: lookup.since)
        conclude(
            key, lookup, isAlive ? .fault(fault) : .silence("they answer \(fault.rawValue.uppercased()) to everything"),
            now)
    }

    private func conclude(_ key: Key, _ lookup: NameLookups.Finished, _ answer: NameAnswer, _ now: MonotonicInstant) {
        var answer = answer
        if case .silence(let reason) = answer { answer = silence(since: lookup.since, reason) }
        for asker in lookup.askers { resolved(asker, answer, key.family, now) }
        startWaiting(now)
    }

    /// An answer for `asker`, who may want more than that.
    private func resolved(_ asker: UInt64, _ found: NameAnswer, _ family: IPAddress.Family, _ now: MonotonicInstant) {
        askers[asker]?.found.note(found, family)
        guard let entry = askers[asker] else { return }
        if let all = entry.found.answer { return answer(asker, all, now) }
        let question = entry.question
        let patience = entry.found.patience(timeout: question.timeout, wantsAll: question.wantsAll)
        guard let patience else { return }
        askers[asker]?.patience = now + patience
        deadlines.set(asker, to: now + patience)
    }

    private func answer(_ asker: UInt64, _ found: NameAnswer, _ now: MonotonicInstant) {
        guard let entry = askers.removeValue(forKey: asker) else { return }
        deadlines.remove(asker)
        let began =
            entry.waitingSince.map { entry.since.later(byNanoseconds: now.nanoseconds(since: $0)) } ?? entry.since
        answers.append(Answer(asker: asker, answer: found, took: now.nanoseconds(since: began)))
    }
}
