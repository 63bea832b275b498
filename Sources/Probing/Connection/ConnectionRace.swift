import Addresses
import SLA

/// Which address of a name is tried when, as RFC 8305 has it: the next one where one has failed, or has not answered for
/// a while, and the first that answers wins. Pure: it is told what happened, and says what is to be done.
///
/// No more than a few attempts are open at once. Where that many hang, the oldest is given up for the next: however many
/// addresses of a name are dead, each is tried. Once all are, those that hang are tried again beside, as browsers do: the
/// system repeats its first packet after 1 s and 3 s, and whoever's was lost has little time left for everything else.
struct ConnectionRace {
    /// After how long without an answer the next address is tried besides, in ms, where there is time for all.
    static let delay: Milliseconds = 250
    /// The shortest such time, in ms.
    static let shortestDelay: Milliseconds = 10
    /// After how long without an answer those that hang are tried again, in ms, each counted from the attempt before.
    static let repetitions: [Milliseconds] = [500, 1000]
    /// The most attempts at once.
    static let mostAtOnce = 4

    /// A connection that is tried.
    struct Attempt: Hashable {
        /// In the order of trying, from 0 on.
        let number: Int
        let address: IPAddress
    }

    private var untried: ArraySlice<IPAddress>
    private let wait: Milliseconds
    private var count = 0
    private var repeated = 0
    /// Those that are under way, the oldest first.
    private(set) var open: [Attempt] = []
    private var lastFailure: ConnectFailure?
    /// When an address is tried although none has failed; nil where none is to be.
    private(set) var due: MonotonicInstant?

    /// A race to `addresses`, in order, that may take `limit` ms.
    init(_ addresses: [IPAddress], limit: Milliseconds) {
        untried = addresses[...]
        wait = max(Self.shortestDelay, min(Self.delay, limit / Milliseconds(addresses.count + 1)))
    }

    /// What is to be done next.
    struct Step: Hashable {
        /// The attempt that is to be given up.
        var abandoned: Attempt?
        /// The one that is to be made.
        var tried: Attempt
    }

    /// The next attempt, at `now`; nil where none is to be made then. It takes the place of the oldest where there is no
    /// room for one more.
    mutating func next(_ now: MonotonicInstant, hasRoom: Bool = true) -> Step? {
        guard let address = untried.popFirst() ?? repetition(now) else { return nil }
        let abandoned = open.count >= (hasRoom ? Self.mostAtOnce : 1) ? open.removeFirst() : nil
        let attempt = Attempt(number: count, address: address)
        count += 1
        open.append(attempt)
        due = pause.map { now + $0 }
        return Step(abandoned: abandoned, tried: attempt)
    }

    /// The address that is tried again at `now`.
    private mutating func repetition(_ now: MonotonicInstant) -> IPAddress? {
        guard let due, now >= due, !open.isEmpty else { return nil }
        defer { repeated += 1 }
        return open[min(repeated, open.count - 1)].address
    }

    /// How long the next attempt waits for an answer to those that are open; nil where none follows.
    private var pause: Milliseconds? {
        if !untried.isEmpty { return wait }
        guard repeated < Self.repetitions.count, open.count < Self.mostAtOnce else { return nil }
        return Self.repetitions[repeated]
    }

    /// An attempt has failed.
    mutating func failed(_ attempt: Attempt, _ failure: ConnectFailure) {
        open.removeAll { $0 == attempt }
        // What came from elsewhere says more than what this machine lacks, as a way for one family of addresses.
        if lastFailure.map({ $0.lack != nil }) ?? true || failure.lack == nil { lastFailure = failure }
    }

    /// Why nothing came of it, where nothing can any more: the last failure that is not this machine's own, if any.
    var outcome: ConnectFailure? { open.isEmpty && untried.isEmpty ? lastFailure : nil }
}
