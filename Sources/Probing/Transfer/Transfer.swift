import Addresses
import CShims
import Curl
import Foundation
import Glibc
import SLA

/// One transfer in libcurl's hands, from its options to its end.
///
/// Its handle calls it back from its beginning to ``TransferPool/remove(_:)``, and never after ``release()``, which is
/// called before it goes.
final class Transfer {
    let probe: UInt64
    let easy: EasyHandle
    private let plan: TransferPlan
    private let settings: TransferSettings
    private var isAttached = true

    /// Its socket; -1 where it has none.
    private var descriptor: Int32 = -1
    private var meter: WireMeter
    private var excess: WireMeter.Excess?
    private var socketError: Int32 = 0
    private var headers: [FinishedTransfer.Header] = []
    private var headerBytes = 0
    private var headersEnded = false
    private var headersTooLong = false
    /// How many times the answer says it is compressed.
    private var encodings = 0
    private var search: StreamSearch
    private var bodyBytes = 0
    private var bodyWasCut = false

    init(probe: UInt64, easy: EasyHandle, plan: TransferPlan, settings: TransferSettings) throws(CurlRefusal) {
        self.probe = probe
        self.easy = easy
        self.plan = plan
        self.settings = settings
        meter = WireMeter(isTLS: plan.url.isTLS, headerBytes: settings.headerBytes)
        search = StreamSearch(plan.needles)
        try TransferOptions(easy: easy, plan: plan, settings: settings).apply()
        try attach()
        if plan.keepsBody { settings.bodies.begin(probe) }
    }

    deinit {
        release()
    }

    /// Takes everything of this transfer out of the handle, which may be another's from now on.
    func release() {
        guard isAttached else { return }
        isAttached = false
        easy.reset()
    }

    // Unowned: `release` takes the callbacks back before this object is gone.
    private func attach() throws(CurlRefusal) {
        try easy.onSocket(
            open: { [unowned self] in open($0) },
            closed: { [unowned self] in if $0 == descriptor { descriptor = -1 } })
        // OpenSSL may go on reading for as long as a peer sends, and nothing else comes between.
        if plan.url.isTLS { try easy.onTLSData { [unowned self] in readTLS($0) } }
        try easy.onBody { [unowned self] in read($0) }
        try easy.onHeader { [unowned self] in readHeader($0) }
    }

    /// Opens the socket itself, to know why it could not be opened, and to see that it goes where it was
    /// pinned to: the last thing before the kernel.
    private func open(_ request: SocketRequest) -> Int32? {
        guard request.address == plan.address else {
            socketError = EACCES
            return nil
        }
        let type = request.type | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        descriptor = socket(request.family, type, request.protocolNumber)
        guard descriptor >= 0 else {
            socketError = errno
            return nil
        }
        return descriptor
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
        if meter.isTLS, easy.tlsMicroseconds == 0 { return .tls }
        guard plan.purpose == .probe, plan.specification.scheme.isHTTP else { return .greeting }
        return headersEnded ? .body(bodyBytes) : .headers
    }

    private func readTLS(_ piece: UnsafeRawBufferPointer) {
        guard excess == nil, meter.isExcessive(tls: piece) else { return }
        excess = .tls
        cut()
    }

    /// The kernel has no room to watch its socket.
    func noteUnwatched() {
        socketError = ENOMEM
    }

    /// Takes a piece of the body; returns whether the transfer goes on.
    private func read(_ chunk: UnsafeRawBufferPointer) -> Bool {
        meter.data()
        if meter.isExcessive(piece: chunk.count) {
            excess = .framing
            return false
        }
        let wanted = min(chunk.count, settings.bodyBytes - bodyBytes)
        bodyBytes += wanted
        let piece = UnsafeRawBufferPointer(rebasing: chunk.prefix(wanted))
        search.read(piece)
        if plan.keepsBody { settings.bodies.append(piece, to: probe) }
        bodyWasCut = wanted < chunk.count
        return !bodyWasCut
    }

    /// Takes a header line, a status line or the empty line at the end; returns whether the transfer goes on.
    private func readHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        meter.data()
        headerBytes += line.count
        guard headerBytes <= settings.headerBytes else {
            headersTooLong = true
            return false
        }
        let isStatusLine = line.count >= 5 && line.prefix(5).elementsEqual("HTTP/".utf8)
        if isStatusLine {
            // Interim answers (1xx) come before the real one and have headers of their own.
            headers.removeAll()
            headersEnded = false
            encodings = 0
        } else if isCompressedTwice(line) {
            excess = .encodings
            return false
        } else if line.allSatisfy({ $0 == 13 || $0 == 10 }) {
            headersEnded = !isInterim(easy.responseCode)
        } else if plan.keepsHeaders, let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            let name = String(decoding: line[..<colon], as: UTF8.self)
            let value = String(decoding: line[(colon + 1)...], as: UTF8.self)
            headers.append(.init(name: name, value: value.trimmingCharacters(in: .whitespacesAndNewlines)))
        }
        return true
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
    func finish(_ code: CurlCode) -> FinishedTransfer {
        let certificates = plan.wantsCertificate ? easy.certificateFields().compactMap(CertificateFields.parse) : []
        let isRedirect = (300...399).contains(easy.responseCode)
        let body = plan.keepsBody ? settings.bodies.finish(probe) : []
        return FinishedTransfer(
            code: code, text: easy.message, systemError: easy.systemError,
            socketError: socketError, verifyResult: easy.verifyResult,
            status: easy.responseCode,
            redirect: isRedirect ? easy.redirectURL : nil,
            times: .init(
                connect: easy.connectMicroseconds, tls: easy.tlsMicroseconds, firstByte: easy.firstByteMicroseconds,
                total: easy.totalMicroseconds),
            isConnected: easy.isConnected, headers: headers, headersEnded: headersEnded,
            headersTooLong: headersTooLong, body: body ?? [],
            bodyBytes: bodyBytes, bodyWasCut: bodyWasCut, certificates: certificates, excess: excess,
            found: search.found, bodyWasDropped: body == nil)
    }
}
