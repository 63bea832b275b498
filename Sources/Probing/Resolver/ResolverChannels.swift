import Platform
import SLA

/// The resolvers of this machine, as channels of c-ares: one for each server to begin with, in order, so that another
/// opinion can be had. It knows which question any of them answered last: that somebody answers is told by an answer to a
/// question that was sent later, since one that answers late enough to be none answers what was asked long before.
final class ResolverChannels {
    typealias Reply = AresChannel.Reply

    private let poller: Poller
    private let servers: String?
    private let current: () -> ResolverFiles
    private let filesInterval: Milliseconds
    private var files: ResolverFiles
    private var filesSeen = SystemClock.monotonic()
    private var channels: [AresChannel]
    /// Asks over TCP, what does not come whole over UDP.
    private var long: AresChannel
    // Channels that still have queries from before a change of the system's servers.
    private var retiring: [AresChannel] = []
    private var isControlOpen = false
    /// Whether it is to be asked again once it is over: it was sent too early for somebody.
    private var isControlWanted = false
    /// When the last question was sent that one of them answered, whatever it said of the name; nil for none.
    private var answered: MonotonicInstant?

    /// - Parameters:
    ///   - servers: servers to ask instead of the system's.
    ///   - current: what tells whether the system's servers are others than before; looked at every `filesInterval` ms.
    init(
        poller: Poller, servers: String?, filesInterval: Milliseconds, current: @escaping () -> ResolverFiles
    ) throws(ProbeEngineError) {
        self.poller = poller
        self.servers = servers
        self.current = current
        self.filesInterval = filesInterval
        files = current()
        channels = try Self.channels(poller, servers)
        long = try AresChannel(poller: poller, servers: servers, way: .tcp)
    }

    private static func channels(_ poller: Poller, _ servers: String?) throws(ProbeEngineError) -> [AresChannel] {
        let first = try AresChannel(poller: poller, servers: servers, way: .udp)
        var channels = [first]
        let all = first.servers
        for index in all.indices.dropFirst() {
            channels.append(
                try AresChannel(
                    poller: poller, servers: (all[index...] + all[..<index]).joined(separator: ","), way: .udp))
        }
        return channels
    }

    /// How many opinions there are: as many as servers.
    var opinions: Int { channels.count }

    /// How many queries are under way.
    var outstanding: Int { all.reduce(0) { $0 + $1.outstanding } }

    private var all: [AresChannel] { channels + [long] + retiring }

    /// Asks for `key`, beginning with the server of that number, for who asked at `since`; the reply may be there at once.
    func ask(_ key: Resolver.Key, since: MonotonicInstant, opinion: Int) {
        let index = min(opinion, channels.count - 1)
        channels[index].ask(key, since: since, opinion: index)
    }

    /// The same, over TCP.
    func askByTCP(_ key: Resolver.Key, since: MonotonicInstant) {
        long.ask(key, since: since, opinion: 0)
    }

    /// Whether any of them answered anything that was asked since `instant`.
    func hasAnswered(since instant: MonotonicInstant) -> Bool { answered.map { $0 >= instant } ?? false }

    /// Asks them what every resolver knows; where that is asked already, once more when it is over.
    func askControl() {
        guard !isControlOpen else {
            isControlWanted = true
            return
        }
        isControlOpen = true
        channels[0].askControl()
    }

    /// The replies that came since the last call, and whether the question that every resolver can answer is over, and
    /// not asked again.
    func takeReplies() -> (replies: [Reply], isControlOver: Bool) {
        var replies: [Reply] = []
        var isControlOver = false
        for channel in all {
            replies += channel.takeReplies()
            let hearing = channel.takeHearing()
            if let sent = hearing.answered { answered = answered.map { max($0, sent) } ?? sent }
            if hearing.isControlOver { isControlOver = true }
        }
        retiring.removeAll { $0.outstanding == 0 }
        if isControlOver {
            isControlOpen = false
            if isControlWanted {
                (isControlOver, isControlWanted) = (false, false)
                askControl()
            }
        }
        return (replies, isControlOver)
    }

    /// Whether anything is asked.
    var isBusy: Bool { channels.contains { $0.outstanding > 0 } || long.outstanding > 0 || !retiring.isEmpty }

    /// A socket of c-ares is ready. Which channel's it is only that channel knows; the others ignore it.
    func process(_ event: Poller.Event) {
        for channel in all { channel.process(event) }
    }

    /// Lets queries time out.
    func advance() {
        for channel in all where channel.outstanding > 0 { channel.advance() }
    }

    /// Makes new channels where the system's servers have changed, looking now and then.
    func renew(_ now: MonotonicInstant) {
        guard servers == nil, now - filesSeen >= filesInterval else { return }
        filesSeen = now
        let current = current()
        // While the new file cannot be used, the old servers go on.
        guard current != files, let fresh = try? Self.channels(poller, nil),
            let freshLong = try? AresChannel(poller: poller, servers: nil, way: .tcp)
        else { return }
        files = current
        // They may have answers that nobody has taken yet, also where nothing is outstanding.
        retiring += channels + [long]
        (channels, long) = (fresh, freshLong)
    }
}
