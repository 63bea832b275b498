import Addresses
import CLibcurl
import CShims
import Foundation
import Glibc
import SLA

/// One transfer in libcurl's hands, from its options to its outcome.
///
/// libcurl holds this object's address (`CURLOPT_PRIVATE` and the callbacks' data) from its beginning to
/// ``CurlMulti/remove(_:)``. All that time ``CurlMulti`` keeps a strong reference, and everything happens on
/// the engine's queue; so the address is always good, and never used from two threads.
final class Transfer {
    let probe: UInt64
    let easy: EasyHandle
    private let plan: TransferPlan
    private let settings: TransferSettings
    private var lists: [HeaderList] = []
    // CURL_ERROR_SIZE bytes, as CURLOPT_ERRORBUFFER asks for; freed in deinit, when libcurl has let go.
    private let message: UnsafeMutablePointer<CChar>
    private var isAttached = true

    /// Its socket; -1 where it has none.
    private var descriptor: Int32 = -1
    private var meter: WireMeter
    private var excess: WireMeter.Excess?
    private var socketError: Int32 = 0
    private var headers: [TransferOutcome.Header] = []
    private var headerBytes = 0
    private var headersEnded = false
    private var headersTooLong = false
    /// How many times the answer says it is compressed.
    private var encodings = 0
    private var search: StreamSearch
    private var bodyBytes = 0
    private var bodyWasCut = false

    init(probe: UInt64, easy: EasyHandle, plan: TransferPlan, settings: TransferSettings) throws(EasyHandle.Refusal) {
        self.probe = probe
        self.easy = easy
        self.plan = plan
        self.settings = settings
        meter = WireMeter(isTLS: plan.url.isTLS, headerBytes: settings.headerBytes)
        search = StreamSearch(plan.needles)
        message = .allocate(capacity: Int(CURL_ERROR_SIZE))
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        lists = try TransferOptions(easy: easy, plan: plan, settings: settings).apply()
        try attach()
        if plan.keepsBody { settings.bodies.begin(probe) }
    }

    deinit {
        letGo()
        message.deallocate()
    }

    /// Takes everything of this transfer out of the handle, which may be another's from now on.
    func letGo() {
        guard isAttached else { return }
        isAttached = false
        easy.reset()
    }

    /// The transfer whose address libcurl keeps at `easy`.
    static func of(_ easy: OpaquePointer?) -> Transfer? {
        var address: UnsafeMutableRawPointer?
        guard let easy, availd_easy_get_pointer(easy, CURLINFO_PRIVATE, &address) == CURLE_OK, let address else {
            return nil
        }
        return Unmanaged<Transfer>.fromOpaque(address).takeUnretainedValue()
    }

    private func attach() throws(EasyHandle.Refusal) {
        let address = Unmanaged.passUnretained(self).toOpaque()
        try easy.set(CURLOPT_PRIVATE, pointer: address)
        try easy.set(CURLOPT_ERRORBUFFER, pointer: UnsafeMutableRawPointer(message))
        try easy.set(CURLOPT_OPENSOCKETDATA, pointer: address)
        try easy.set { context, _, address in
            guard let context, let address else { return CURL_SOCKET_BAD }
            return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().open(&address.pointee)
        }
        try easy.set(CURLOPT_CLOSESOCKETDATA, pointer: address)
        try easy.set(closer: { context, descriptor in
            if let context { Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().closed(descriptor) }
            return close(descriptor)
        })
        if plan.url.isTLS { try listenToTLS(address) }
        try easy.set(CURLOPT_WRITEDATA, pointer: address)
        try easy.set(
            CURLOPT_WRITEFUNCTION,
            writer: { bytes, size, count, context in
                guard let bytes, let context else { return 0 }
                let chunk = UnsafeRawBufferPointer(start: bytes, count: size * count)
                return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().read(chunk)
            })
        try easy.set(CURLOPT_HEADERDATA, pointer: address)
        try easy.set(
            CURLOPT_HEADERFUNCTION,
            writer: { bytes, size, count, context in
                guard let bytes, let context else { return 0 }
                let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
                return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().readHeader(line)
            })
    }

    /// Has OpenSSL tell of everything that it reads: it may go on reading for as long as a peer sends, and nothing
    /// else comes between. libcurl passes it on only to those who want to hear all it has to say.
    private func listenToTLS(_ address: UnsafeMutableRawPointer) throws(EasyHandle.Refusal) {
        try easy.set(CURLOPT_VERBOSE, true)
        try easy.set(CURLOPT_DEBUGDATA, pointer: address)
        try easy.set(debugger: { _, kind, bytes, count, context in
            guard kind == CURLINFO_SSL_DATA_IN, let bytes, let context else { return 0 }
            let piece = UnsafeRawBufferPointer(start: bytes, count: count)
            Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().readTLS(piece)
            return 0
        })
    }

    /// Opens the socket itself, to know why it could not be opened, and to see that it goes where it was
    /// pinned to: the last thing before the kernel.
    private func open(_ target: inout curl_sockaddr) -> curl_socket_t {
        let address = withUnsafePointer(to: &target.addr) { IPAddress(socketAddress: $0) }
        guard address == plan.address else {
            socketError = EACCES
            return CURL_SOCKET_BAD
        }
        let type = target.socktype | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(target.family, type, target.protocol)
        if descriptor < 0 { socketError = errno }
        self.descriptor = descriptor
        return descriptor
    }

    /// libcurl is done with its socket.
    private func closed(_ descriptor: Int32) {
        if descriptor == self.descriptor { self.descriptor = -1 }
    }

    /// Cuts the connection: what has arrived and was not read is dropped, and the peer is told by a reset. Nothing
    /// that reads from it can go on after this; at its end libcurl would read on, to be polite.
    func cut() {
        guard descriptor >= 0 else { return }
        // Dissolves the association, connect(2); libcurl closes the descriptor itself.
        var nobody = sockaddr()
        nobody.sa_family = sa_family_t(AF_UNSPEC)
        connect(descriptor, &nobody, socklen_t(MemoryLayout<sockaddr>.size))
    }

    /// Whether more has come over the wire than this phase of an answer may need.
    func isExcessive() -> Bool {
        guard excess == nil, descriptor >= 0 else { return excess != nil }
        let received = availd_tcp_received(descriptor)
        guard received > WireMeter.least else { return false }
        excess = meter.excess(of: received - min(received, availd_tcp_unread(descriptor)), in: phase)
        return excess != nil
    }

    private var phase: WireMeter.Phase {
        if meter.isTLS, easy.microseconds(CURLINFO_APPCONNECT_TIME_T) == 0 { return .tls }
        guard plan.purpose == .probe, plan.specification.scheme.isHTTP else { return .greeting }
        return headersEnded ? .body(bodyBytes) : .headers
    }

    private func readTLS(_ piece: UnsafeRawBufferPointer) {
        guard excess == nil, meter.isExcessive(tls: piece) else { return }
        excess = .tls
        cut()
    }

    /// The kernel has no room to watch its socket.
    func isUnwatched() {
        socketError = ENOMEM
    }

    /// Takes a piece of the body; anything but its length ends the transfer.
    private func read(_ chunk: UnsafeRawBufferPointer) -> Int {
        meter.data()
        if meter.isExcessive(piece: chunk.count) {
            excess = .framing
            return Int(CURL_WRITEFUNC_ERROR)
        }
        let wanted = min(chunk.count, settings.bodyBytes - bodyBytes)
        bodyBytes += wanted
        let piece = UnsafeRawBufferPointer(rebasing: chunk.prefix(wanted))
        search.read(piece)
        if plan.keepsBody { settings.bodies.append(piece, to: probe) }
        if wanted == chunk.count { return wanted }
        bodyWasCut = true
        return Int(CURL_WRITEFUNC_ERROR)
    }

    /// Takes a header line, a status line or the empty line at the end; anything but its length ends the transfer.
    private func readHeader(_ line: UnsafeRawBufferPointer) -> Int {
        meter.data()
        headerBytes += line.count
        guard headerBytes <= settings.headerBytes else {
            headersTooLong = true
            return Int(CURL_WRITEFUNC_ERROR)
        }
        let isStatusLine = line.count >= 5 && line.prefix(5).elementsEqual("HTTP/".utf8)
        if isStatusLine {
            // Interim answers (1xx) come before the real one and have headers of their own.
            headers.removeAll()
            headersEnded = false
            encodings = 0
        } else if isCompressedTwice(line) {
            excess = .encodings
            return Int(CURL_WRITEFUNC_ERROR)
        } else if line.allSatisfy({ $0 == 13 || $0 == 10 }) {
            headersEnded = !isInterim(easy.long(CURLINFO_RESPONSE_CODE))
        } else if plan.keepsHeaders, let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            let name = String(decoding: line[..<colon], as: UTF8.self)
            let value = String(decoding: line[(colon + 1)...], as: UTF8.self)
            headers.append(.init(name: name, value: value.trimmingCharacters(in: .whitespacesAndNewlines)))
        }
        return line.count
    }

    /// Whether `line` makes more than one compression of those that were named; libcurl undoes them one inside the
    /// other, within one call and without end.
    private func isCompressedTwice(_ line: UnsafeRawBufferPointer) -> Bool {
        // Most lines are other headers, and need no text.
        guard line.count > 17, [UInt8(ascii: "c"), UInt8(ascii: "t")].contains(line[0] | 0x20) else { return false }
        let parts = String(decoding: line, as: UTF8.self).lowercased().split(separator: ":", maxSplits: 1)
        guard parts.count == 2, ["content-encoding", "transfer-encoding"].contains(parts[0]) else { return false }
        let named = parts[1].split(separator: ",").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        encodings += named.count { !["", "identity", "chunked", "none"].contains($0) }
        return encodings > 1
    }

    /// Whether another answer follows one of `status`: nothing does in this protocol once it was switched.
    private func isInterim(_ status: Int) -> Bool {
        (100...199).contains(status) && status != 101
    }

    /// What there is to know now that libcurl is done with result `code`; asked for once.
    func outcome(_ code: CURLcode) -> TransferOutcome {
        let certificates = plan.wantsCertificate ? easy.certificateFields().compactMap(CertificateFields.parse) : []
        let isRedirect = (300...399).contains(easy.long(CURLINFO_RESPONSE_CODE))
        let body = plan.keepsBody ? settings.bodies.finish(probe) : []
        return TransferOutcome(
            code: code, text: String(cString: message), systemError: Int32(easy.long(CURLINFO_OS_ERRNO)),
            socketError: socketError, verifyResult: easy.long(CURLINFO_SSL_VERIFYRESULT),
            status: easy.long(CURLINFO_RESPONSE_CODE),
            redirect: isRedirect ? easy.string(CURLINFO_REDIRECT_URL) : nil,
            times: .init(
                connect: easy.microseconds(CURLINFO_CONNECT_TIME_T), tls: easy.microseconds(CURLINFO_APPCONNECT_TIME_T),
                firstByte: easy.microseconds(CURLINFO_STARTTRANSFER_TIME_T),
                total: easy.microseconds(CURLINFO_TOTAL_TIME_T)),
            isConnected: easy.long(CURLINFO_LOCAL_PORT) != 0, headers: headers, headersEnded: headersEnded,
            headersTooLong: headersTooLong, body: body ?? [],
            bodyBytes: bodyBytes, bodyWasCut: bodyWasCut, certificates: certificates, excess: excess,
            found: search.found, bodyWasLetGo: body == nil)
    }
}
