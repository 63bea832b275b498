import Curl
import Glibc
import Platform
import SLA

/// The transfers in flight, fed from the poller and one timer, and the handles that wait for others.
///
/// It lives as long as the engine, because libcurl keeps the parsed CA file for it.
final class TransferPool {
    private let multi: MultiHandle
    private let poller: Poller
    private var transfers: [ObjectIdentifier: Transfer] = [:]
    private var bySocket: [Int32: Transfer] = [:]
    private var excessive: [Transfer] = []
    private var spare: [EasyHandle] = []

    init(poller: Poller) throws(ProbeEngineError) {
        self.poller = poller
        do throws(CurlRefusal) {
            multi = try MultiHandle()
        } catch {
            throw .library("libcurl", error.reason)
        }
        multi.onInterest = { [unowned self] in watch($0) }
    }

    deinit {
        // Nobody is told any more: this object is going.
        multi.onInterest = nil
        for transfer in transfers.values { multi.remove(transfer.easy) }
    }

    /// When libcurl wants to be called next; nil for not at all.
    var due: MonotonicInstant? { multi.due }

    /// Begins a transfer over `connection`, a socket that it closes whatever comes; it runs when the event loop next
    /// turns.
    func start(
        _ plan: TransferPlan, over connection: Int32, probe: UInt64, settings: TransferSettings
    ) throws(CurlRefusal) -> Transfer {
        guard let easy = spare.popLast() ?? EasyHandle() else {
            close(connection)
            throw CurlRefusal(reason: "out of memory")
        }
        let transfer = try Transfer(probe: probe, easy: easy, plan: plan, connection: connection, settings: settings)
        try multi.add(easy)
        transfers[ObjectIdentifier(easy)] = transfer
        return transfer
    }

    /// Takes `transfer` from libcurl, finished or not; its connection is closed.
    func remove(_ transfer: Transfer) {
        multi.remove(transfer.easy)
        transfer.release()
        if spare.count < 64 { spare.append(transfer.easy) }
        transfers[ObjectIdentifier(transfer.easy)] = nil
    }

    /// A socket of libcurl's is ready.
    func process(_ event: Poller.Event) {
        multi.process(event.descriptor, reads: event.readable, writes: event.writable, failed: event.failed)
        if let transfer = bySocket[event.descriptor], transfer.isExcessive() { excessive.append(transfer) }
    }

    /// The instant ``due`` has come.
    func advance() {
        multi.advance()
    }

    /// The next transfer that is over, with its result; it must be removed.
    func nextFinished() -> (Transfer, CurlCode)? {
        while let (easy, code) = multi.nextFinished() {
            if let transfer = transfers[ObjectIdentifier(easy)] { return (transfer, code) }
        }
        return nil
    }

    /// The transfers that libcurl still holds and whose peers send without end; they must be removed.
    func takeExcessive() -> [Transfer] {
        guard !excessive.isEmpty else { return [] }
        defer { excessive.removeAll() }
        return excessive.filter { transfers[ObjectIdentifier($0.easy)] === $0 }
    }

    private func watch(_ interest: MultiHandle.SocketInterest) {
        let transfer = interest.handle.flatMap { transfers[ObjectIdentifier($0)] }
        bySocket[interest.descriptor] = transfer
        let isWatched = poller.watch(
            interest.descriptor, owner: .curl, reading: interest.reads, writing: interest.writes)
        // Unwatched, the transfer gets nothing and times out: our fault, which it must remember.
        if !isWatched { transfer?.noteUnwatched() }
    }
}
