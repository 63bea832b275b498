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
        /// Whether there was no room for a query of its own beside one that was sent long before.
        var isUnasked = false
    }

    /// How often c-ares is asked whether a query has waited too long, in ms. It would tell when, but looks at every
    /// query for that.
    private static let checkInterval: Milliseconds = 100
    /// How many queries there may be where several are for one name: they are told apart by 16 bits.
    private static let mostQueries = 40_000

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
        if let answer = NameAnswer(literal: question.name, question.family) {
            answers.append(Answer(asker: question.asker, answer: answer, took: 0))
            return
        }
        let now = SystemClock.monotonic()
        let (asker, found) = (question.asker, FoundAddresses(question.family))
        askers[asker] = Asker(question: question, since: now, waitingSince: now, lostBefore: lost, found: found)
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
                for (key, lookup, fault) in lookups.takeSuspects() { conclude(key, lookup, suspected: fault, now) }
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
                answer(first.key, silence(of: entry), now)
            }
        }
    }

    /// What it means that a question of `since` has no answer: others have answers, or nobody has.
    private func silence(since: MonotonicInstant) -> NameAnswer {
        channels.hasAnswered(since: since) ? .fault(.silence) : .silence(nil)
    }

    /// The same for an asker whose time is up. Where no query was sent for it, or a resolver has an answer that does not
    /// come through, that is not the name's fault.
    private func silence(of asker: Asker) -> NameAnswer {
        let name = asker.question.name.lowercased()
        if asker.found.missing.contains(where: { lookups.isCutShort(Key(name: name, family: $0)) }) { return .cutShort }
        return asker.isUnasked ? .silence(nil) : silence(since: asker.since)
    }

    /// Puts the asker to the lookup of `key`, from the cache, or to one that is under way, or to a new one.
    private func enqueue(_ question: Question, _ key: Key, _ now: MonotonicInstant) {
        if let kept = cache.answer(key, now) {
            resolved(question.asker, kept, key.family, now)
        } else if question.family == .any, !question.wantsAll, cache.isAbsent(key, now) {
            resolved(question.asker, .noAddress, key.family, now)
        } else {
            switch lookups.join(key, question, now) {
            case .underWay: resume(question.asker, now)
            case .waits: break
            case .begins: start(key, now)
            case .again: askAgain(key, for: question.asker, now)
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
        channels.ask(key, since: now, opinion: 0)
    }

    /// Sends another query for `key`, of which one is under way that was sent long before `asker` came.
    private func askAgain(_ key: Key, for asker: UInt64, _ now: MonotonicInstant) {
        resume(asker, now)
        guard channels.outstanding < Self.mostQueries else {
            askers[asker]?.isUnasked = true
            return
        }
        lookups.note(key, now)
        channels.ask(key, since: now, opinion: 0)
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
        switch reply.answer {
        case .addresses:
            if let lookup = lookups.finish(reply.key) { conclude(reply.key, lookup, reply.answer, now) }
        case .fault(let fault):
            take(fault, reply, now)
        case .silence(nil) where reply.isEarly && lookups.isOpen(reply.key):
            lookups.noteCutShort(reply.key)
            channels.askByTCP(reply.key, since: reply.asked)
        case .silence(nil) where reply.isByTCP:
            fail(reply, .cutShort, now)
        case .silence(nil):
            fail(reply, silence(since: reply.asked), now)
        case .noSuchName, .noAddress, .badName, .silence, .cutShort:
            fail(reply, reply.answer, now)
        }
        startWaiting(now)
    }

    /// Takes the `fault` that a resolver tells of, or asks another one.
    private func take(_ fault: Cause.NameServerFault, _ reply: AresChannel.Reply, _ now: MonotonicInstant) {
        guard lookups.isOpen(reply.key) else { return }
        if !reply.isByTCP, reply.opinion + 1 < channels.opinions {
            return channels.ask(reply.key, since: reply.asked, opinion: reply.opinion + 1)
        }
        // SERVFAIL is what a resolver says of a name. Anything else may be what it says to everybody.
        if fault != .serverFailure, !channels.hasAnswered(since: reply.asked) {
            lookups.suspect(reply.key, fault, asked: reply.asked)
            return channels.askControl()
        }
        fail(reply, reply.answer, now)
    }

    /// A query led to no address, which means `answer` for those whose query it was.
    private func fail(_ reply: AresChannel.Reply, _ answer: NameAnswer, _ now: MonotonicInstant) {
        if let lookup = lookups.fail(reply.key, asked: reply.asked) { conclude(reply.key, lookup, answer, now) }
    }

    /// A lookup is over whose answer was kept back until it is known whether its resolvers answer anything.
    private func conclude(
        _ key: Key, _ lookup: NameLookups.Finished, suspected fault: Cause.NameServerFault, _ now: MonotonicInstant
    ) {
        let isAlive = channels.hasAnswered(since: lookup.since)
        conclude(
            key, lookup, isAlive ? .fault(fault) : .silence("they answer \(fault.rawValue.uppercased()) to everything"),
            now)
        startWaiting(now)
    }

    private func conclude(_ key: Key, _ lookup: NameLookups.Finished, _ answer: NameAnswer, _ now: MonotonicInstant) {
        for asker in lookup.askers { resolved(asker, answer, key.family, now) }
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
