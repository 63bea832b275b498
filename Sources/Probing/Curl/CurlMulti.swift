import CLibcurl
import Glibc
import Platform
import SLA

/// libcurl's multi handle, fed from the poller and one timer.
///
/// It lives as long as the engine, because it keeps the parsed CA file. Its callbacks only note what libcurl
/// wants and always return 0: any other value would end every transfer, and libcurl must not be called from
/// within them.
final class CurlMulti {
    private let multi: OpaquePointer
    private let poller: Poller
    // Strong references for the addresses that libcurl holds; see Transfer.
    private var transfers: [ObjectIdentifier: Transfer] = [:]
    private var bySocket: [Int32: Transfer] = [:]
    private var excessive: [Transfer] = []
    private var spare: [EasyHandle] = []
    /// When libcurl wants to be called next; nil for not at all.
    private(set) var due: MonotonicInstant?

    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init(poller: Poller) throws(ProbeEngineError) {
        guard Self.isReady, let multi = curl_multi_init() else {
            throw .library("libcurl", "cannot be initialized")
        }
        self.multi = multi
        self.poller = poller
        // Unretained: deinit takes the callbacks back before this object is gone.
        let address = Unmanaged.passUnretained(self).toOpaque()
        let results = [
            availd_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, address),
            availd_multi_set_socket_callback(multi) { easy, socket, action, context, _ in
                guard let context else { return 0 }
                let me = Unmanaged<CurlMulti>.fromOpaque(context).takeUnretainedValue()
                me.watch(socket, action, Transfer.of(easy))
                return 0
            },
            availd_multi_set_pointer(multi, CURLMOPT_TIMERDATA, address),
            availd_multi_set_timer_callback(multi) { _, delay, context in
                guard let context else { return 0 }
                let me = Unmanaged<CurlMulti>.fromOpaque(context).takeUnretainedValue()
                me.due = delay < 0 ? nil : SystemClock.monotonic() + Milliseconds(delay)
                return 0
            },
        ]
        guard results.allSatisfy({ $0 == CURLM_OK }) else {
            throw .library("libcurl", "refuses its event callbacks")
        }
    }

    deinit {
        for transfer in transfers.values { curl_multi_remove_handle(multi, transfer.easy.pointer) }
        availd_multi_set_socket_callback(multi, nil)
        availd_multi_set_timer_callback(multi, nil)
        curl_multi_cleanup(multi)
    }

    /// Begins a transfer; it runs when the event loop next turns.
    func start(_ plan: TransferPlan, probe: UInt64, settings: TransferSettings) throws(EasyHandle.Refusal) -> Transfer {
        guard let easy = spare.popLast() ?? EasyHandle() else { throw EasyHandle.Refusal(reason: "out of memory") }
        let transfer = try Transfer(probe: probe, easy: easy, plan: plan, settings: settings)
        let code = curl_multi_add_handle(multi, easy.pointer)
        guard code == CURLM_OK else {
            throw EasyHandle.Refusal(reason: String(cString: curl_multi_strerror(code)))
        }
        transfers[ObjectIdentifier(transfer)] = transfer
        return transfer
    }

    /// Takes `transfer` from libcurl, finished or not; its connection is closed.
    func remove(_ transfer: Transfer) {
        curl_multi_remove_handle(multi, transfer.easy.pointer)
        transfer.letGo()
        if spare.count < 64 { spare.append(transfer.easy) }
        transfers[ObjectIdentifier(transfer)] = nil
    }

    /// A socket of libcurl's is ready.
    func process(_ event: Poller.Event) {
        var flags: Int32 = 0
        if event.readable { flags |= CURL_CSELECT_IN }
        if event.writable { flags |= CURL_CSELECT_OUT }
        if event.failed { flags |= CURL_CSELECT_ERR }
        var running: Int32 = 0
        curl_multi_socket_action(multi, event.descriptor, flags, &running)
        if let transfer = bySocket[event.descriptor], transfer.isExcessive() { excessive.append(transfer) }
    }

    /// The instant ``due`` has come.
    func advance() {
        due = nil
        var running: Int32 = 0
        // CURL_SOCKET_TIMEOUT is CURL_SOCKET_BAD, a macro Swift does not see through.
        curl_multi_socket_action(multi, -1, 0, &running)
    }

    /// The next transfer that is over, with its result; it must be removed.
    func nextFinished() -> (Transfer, CURLcode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let transfer = Transfer.of(message.pointee.easy_handle) else {
                continue
            }
            return (transfer, availd_message_result(message))
        }
        return nil
    }

    /// The transfers that libcurl still holds and whose peers send without end; they must be removed.
    func takeExcessive() -> [Transfer] {
        guard !excessive.isEmpty else { return [] }
        defer { excessive.removeAll() }
        return excessive.filter { transfers[ObjectIdentifier($0)] != nil }
    }

    private func watch(_ socket: curl_socket_t, _ action: Int32, _ transfer: Transfer?) {
        bySocket[socket] = action == CURL_POLL_REMOVE ? nil : transfer
        let isWatched = poller.watch(
            socket, owner: .curl, reading: action == CURL_POLL_IN || action == CURL_POLL_INOUT,
            writing: action == CURL_POLL_OUT || action == CURL_POLL_INOUT)
        // Unwatched, the transfer hears nothing and times out: our fault, which it must remember.
        if !isWatched { transfer?.isUnwatched() }
    }
}
