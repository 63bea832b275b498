import CLibcurl
import Glibc

/// What a handle calls back, and the address that libcurl holds for it: see ``EasyHandle``, which owns it.
final class EasyCallbacks {
    var body: ((UnsafeRawBufferPointer) -> Bool)?
    var header: ((UnsafeRawBufferPointer) -> Bool)?
    var upload: ((UnsafeMutableRawBufferPointer) -> Int)?
    var open: ((SocketRequest) -> Int32?)?
    var closed: ((Int32) -> Void)?
    var tls: ((UnsafeRawBufferPointer) -> Void)?

    func clear() {
        (body, header, upload, open, closed, tls) = (nil, nil, nil, nil, nil, nil)
    }

    var address: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    /// The callbacks at `address`, which was given to libcurl.
    static func at(_ address: UnsafeMutableRawPointer) -> EasyCallbacks {
        Unmanaged.fromOpaque(address).takeUnretainedValue()
    }
}

/// All of these are called within ``EasyHandle/perform()`` or ``MultiHandle``'s functions, on the caller's thread, and
/// forgotten with ``EasyHandle/reset()``. The buffers are libcurl's, for the time of the call. None may call libcurl but
/// for what it tells of the transfer.
extension EasyHandle {
    /// Has `read` take each piece of a body; false ends the transfer with ``CurlCode/writeError``.
    public func onBody(_ read: @escaping (UnsafeRawBufferPointer) -> Bool) throws(CurlRefusal) {
        callbacks.body = read
        try check(availd_easy_set_pointer(pointer, CURLOPT_WRITEDATA, callbacks.address))
        let code = availd_easy_set_writer(pointer, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let bytes, let context, let read = EasyCallbacks.at(context).body else { return size * count }
            let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return read(piece) ? piece.count : Int(CURL_WRITEFUNC_ERROR)
        }
        try check(code)
    }

    /// Has `read` take each line that precedes a body, its end included, or that a server says in a dialogue; false
    /// ends the transfer with ``CurlCode/writeError``.
    public func onHeader(_ read: @escaping (UnsafeRawBufferPointer) -> Bool) throws(CurlRefusal) {
        callbacks.header = read
        try check(availd_easy_set_pointer(pointer, CURLOPT_HEADERDATA, callbacks.address))
        let code = availd_easy_set_writer(pointer, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let bytes, let context, let read = EasyCallbacks.at(context).header else { return size * count }
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return read(line) ? line.count : Int(CURL_WRITEFUNC_ERROR)
        }
        try check(code)
    }

    /// Has `fill` write what is sent next into a buffer, and return its length; 0 for the end.
    public func onUpload(_ fill: @escaping (UnsafeMutableRawBufferPointer) -> Int) throws(CurlRefusal) {
        callbacks.upload = fill
        try check(availd_easy_set_pointer(pointer, CURLOPT_READDATA, callbacks.address))
        let code = availd_easy_set_writer(pointer, CURLOPT_READFUNCTION) { bytes, size, count, context in
            guard let bytes, let context, let fill = EasyCallbacks.at(context).upload else {
                return Int(CURL_READFUNC_ABORT)
            }
            return fill(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
        }
        try check(code)
    }

    /// Has `open` make each socket, nil for none, and `closed` hear that one is about to be closed, which libcurl does.
    /// Where they are `connected` already, libcurl does not connect them.
    ///
    /// Connections are not kept: one would hold the address of this handle's callbacks for longer than the handle.
    public func onSocket(
        connected: Bool = false, open: @escaping (SocketRequest) -> Int32?, closed: @escaping (Int32) -> Void
    ) throws(CurlRefusal) {
        (callbacks.open, callbacks.closed) = (open, closed)
        try set(.forbidReuse, true)
        try check(availd_easy_set_pointer(pointer, CURLOPT_OPENSOCKETDATA, callbacks.address))
        let opener = availd_easy_set_opener(pointer) { context, _, target in
            guard let context, let target, let open = EasyCallbacks.at(context).open else { return CURL_SOCKET_BAD }
            return open(SocketRequest(target)) ?? CURL_SOCKET_BAD
        }
        try check(opener)
        if connected {
            try check(availd_easy_set_socket_option(pointer) { _, _, _ in Int32(CURL_SOCKOPT_ALREADY_CONNECTED) })
        }
        try check(availd_easy_set_pointer(pointer, CURLOPT_CLOSESOCKETDATA, callbacks.address))
        let closer = availd_easy_set_closer(pointer) { context, descriptor in
            if let context { EasyCallbacks.at(context).closed?(descriptor) }
            return close(descriptor)
        }
        try check(closer)
    }

    /// Has `read` look at everything that OpenSSL reads: headers of records and messages inside them. libcurl passes it
    /// on only to those who want all that it has to say.
    public func onTLSData(_ read: @escaping (UnsafeRawBufferPointer) -> Void) throws(CurlRefusal) {
        callbacks.tls = read
        try set(.verbose, true)
        try check(availd_easy_set_pointer(pointer, CURLOPT_DEBUGDATA, callbacks.address))
        let code = availd_easy_set_debugger(pointer) { _, kind, bytes, count, context in
            guard kind == CURLINFO_SSL_DATA_IN, let bytes, let context else { return 0 }
            EasyCallbacks.at(context).tls?(UnsafeRawBufferPointer(start: bytes, count: count))
            return 0
        }
        try check(code)
    }
}
