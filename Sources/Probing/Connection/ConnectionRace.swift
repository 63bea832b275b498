import Addresses
import SLA

/// Which address of a name is tried when, as RFC 8305 has it: the next one where one has failed, or has not answered for
/// a while, and the first that answers wins. Pure: it is told what happened, and says what is to be done.
///
/// No more than a few attempts are open at once. Where that many hang, the oldest is given up for the next: however many
/// addresses of a name are dead, each is tried.
struct ConnectionRace {
    /// After how long without an answer the next address is tried besides, in ms, where there is time for all.
    static let delay: Milliseconds = 250
    /// The shortest such time, in ms.
    static let shortestDelay: Milliseconds = 10
    /// The most attempts at once.
    static let mostAtOnce = 4

    private var untried: ArraySlice<IPAddress>
    private let wait: Milliseconds
    /// Those that are under way, the oldest first.
    private(set) var open: [IPAddress] = []
    private var lastFailure: ConnectFailure?
    /// When the next address is tried although none has failed; nil where none is left.
    private(set) var due: MonotonicInstant?

    /// A race to `addresses`, in order, that may take `limit` ms.
    init(_ addresses: [IPAddress], limit: Milliseconds) {
        untried = addresses[...]
        wait = max(Self.shortestDelay, min(Self.delay, limit / Milliseconds(addresses.count + 1)))
    }

    /// What is to be done next.
    struct Step: Hashable {
        /// The attempt that is to be given up.
        var abandoned: IPAddress?
        /// The address that is to be tried.
        var tried: IPAddress
    }

    /// The next attempt, at `now`; nil where all addresses are tried.
    mutating func next(_ now: MonotonicInstant) -> Step? {
        guard let address = untried.popFirst() else {
            due = nil
            return nil
        }
        let abandoned = open.count >= Self.mostAtOnce ? open.removeFirst() : nil
        open.append(address)
        due = untried.isEmpty ? nil : now + wait
        return Step(abandoned: abandoned, tried: address)
    }

    /// The attempt at an address has failed.
    mutating func failed(_ failure: ConnectFailure) {
        open.removeAll { $0 == failure.address }
        // What came from elsewhere says more than what this machine lacks, as a way for one family of addresses.
        if lastFailure.map({ $0.lack != nil }) ?? true || failure.lack == nil { lastFailure = failure }
    }

    /// Why nothing came of it, where nothing can any more: the last failure that is not this machine's own, if any.
    var outcome: ConnectFailure? { open.isEmpty && untried.isEmpty ? lastFailure : nil }
}
