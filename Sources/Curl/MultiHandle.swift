import CLibcurl
import Platform
import SLA

/// Many transfers at once, driven by whoever watches their sockets and keeps one timer.
///
/// It keeps the parsed file of authorities for all of them. Its callbacks only note what libcurl wants and always
/// return 0: any other value would end every transfer, and libcurl must not be called from within them.
public final class MultiHandle {
    /// What a socket is to be watched for; for nothing at all it is to be forgotten.
    public struct SocketInterest {
        /// The socket.
        public let descriptor: Int32
        /// Whose transfer it serves; nil where it serves none any more.
        public let handle: EasyHandle?
        /// Whether there may be something to read.
        public let reads: Bool
        /// Whether there may be room to write.
        public let writes: Bool
    }

    /// Called with each change of what a socket is to be watched for; it must not call libcurl.
    public var onInterest: ((SocketInterest) -> Void)?
    /// When ``advance()`` is to be called next; nil for not at all.
    public private(set) var due: MonotonicInstant?

    private let pointer: OpaquePointer
    private var handles: [OpaquePointer: EasyHandle] = [:]

    /// A handle without transfers.
    ///
    /// - Throws: ``CurlRefusal`` where libcurl cannot be used at all.
    public init() throws(CurlRefusal) {
        guard CurlLibrary.isReady, let pointer = curl_multi_init() else {
            throw CurlRefusal(reason: "cannot be initialized")
        }
        self.pointer = pointer
        // Unretained: deinit takes the callbacks back before this object is gone.
        let address = Unmanaged.passUnretained(self).toOpaque()
        let results = [
            availd_multi_set_pointer(pointer, CURLMOPT_SOCKETDATA, address),
            availd_multi_set_socket_callback(pointer) { easy, socket, action, context, _ in
                guard let context else { return 0 }
                Unmanaged<MultiHandle>.fromOpaque(context).takeUnretainedValue().note(socket, action, easy)
                return 0
            },
            availd_multi_set_pointer(pointer, CURLMOPT_TIMERDATA, address),
            availd_multi_set_timer_callback(pointer) { _, delay, context in
                guard let context else { return 0 }
                let multi = Unmanaged<MultiHandle>.fromOpaque(context).takeUnretainedValue()
                multi.due = delay < 0 ? nil : SystemClock.monotonic() + Milliseconds(delay)
                return 0
            },
        ]
        guard results.allSatisfy({ $0 == CURLM_OK }) else {
            throw CurlRefusal(reason: "refuses its event callbacks")
        }
    }

    deinit {
        availd_multi_set_socket_callback(pointer, nil)
        availd_multi_set_timer_callback(pointer, nil)
        for easy in handles.keys { curl_multi_remove_handle(pointer, easy) }
        curl_multi_cleanup(pointer)
    }

    /// Begins the transfer of `handle`, and keeps it until it is removed; it runs when libcurl is called next.
    public func add(_ handle: EasyHandle) throws(CurlRefusal) {
        let code = curl_multi_add_handle(pointer, handle.pointer)
        guard code == CURLM_OK else { throw CurlRefusal(reason: String(cString: curl_multi_strerror(code))) }
        handles[handle.pointer] = handle
    }

    /// Takes `handle` from libcurl, finished or not.
    public func remove(_ handle: EasyHandle) {
        curl_multi_remove_handle(pointer, handle.pointer)
        handles[handle.pointer] = nil
    }

    /// The socket `descriptor` is ready for what is said, or has failed.
    public func process(_ descriptor: Int32, reads: Bool, writes: Bool, failed: Bool) {
        var flags: Int32 = 0
        if reads { flags |= CURL_CSELECT_IN }
        if writes { flags |= CURL_CSELECT_OUT }
        if failed { flags |= CURL_CSELECT_ERR }
        var running: Int32 = 0
        curl_multi_socket_action(pointer, descriptor, flags, &running)
    }

    /// The instant ``due`` has come.
    public func advance() {
        due = nil
        var running: Int32 = 0
        // CURL_SOCKET_TIMEOUT is CURL_SOCKET_BAD, a macro Swift does not see through.
        curl_multi_socket_action(pointer, -1, 0, &running)
    }

    /// The next transfer that is over, with its result; it must be removed.
    public func nextFinished() -> (EasyHandle, CurlCode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(pointer, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let handle = handles[easy]
            else { continue }
            return (handle, CurlCode(availd_message_result(message)))
        }
        return nil
    }

    private func note(_ socket: curl_socket_t, _ action: Int32, _ easy: OpaquePointer?) {
        onInterest?(
            SocketInterest(
                descriptor: socket, handle: action == CURL_POLL_REMOVE ? nil : easy.flatMap { handles[$0] },
                reads: action == CURL_POLL_IN || action == CURL_POLL_INOUT,
                writes: action == CURL_POLL_OUT || action == CURL_POLL_INOUT))
    }
}
