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

    /// Its socket, which is libcurl's to close once that has taken it; -1 where it has none.
    private var descriptor: Int32
    private var isTaken = false
    private var meter: WireMeter
    private var excess: WireMeter.Excess?
    private var socketError: Int32 = 0
    private var head: AnswerHead
    private var headersTooLong = false
    /// What a mail server said first, and last.
    private var greeting: String?
    private var said = ""
    /// What the body holds of what is looked for; nil before its first byte.
    private var search: BodySearch?
    private var bodyBytes = 0
    private var bodyWasCut = false
    /// What undoes the body's codings; nil before its first byte.
    private var decoder: BodyDecoder?
    /// Why the body cannot be decoded.
    private var undecodable: (code: CurlCode, words: String)?

    /// - Parameter connection: a socket that is connected to the plan's address; it is this object's from now on,
    ///   whatever comes.
    init(
        probe: UInt64, easy: EasyHandle, plan: TransferPlan, connection: Int32, settings: TransferSettings
    ) throws(CurlRefusal) {
        self.probe = probe
        descriptor = connection
        head = AnswerHead(
            limit: settings.headerBytes, keepsHeaders: plan.keepsHeaders,
            follows: plan.specification.maximumRedirects > 0)
        self.easy = easy
        self.plan = plan
        self.settings = settings
        meter = WireMeter(isTLS: plan.url.isTLS, headerBytes: settings.headerBytes)
        try TransferOptions(easy: easy, plan: plan, settings: settings).apply()
        try attach()
        if plan.keepsBody { settings.bodies.begin(probe, most: plan.specification.bodyLimit) }
    }

    deinit {
        release()
    }

    /// Takes everything of this transfer out of the handle, which may be another's from now on.
    func release() {
        guard isAttached else { return }
        isAttached = false
        easy.reset()
        if descriptor >= 0, !isTaken { close(descriptor) }
        descriptor = -1
    }

    // Unowned: `release` takes the callbacks back before this object is gone.
    private func attach() throws(CurlRefusal) {
        try easy.onSocket(
            connected: true, open: { [unowned self] in take($0) },
            closed: { [unowned self] in if $0 == descriptor { descriptor = -1 } })
        // OpenSSL may go on reading for as long as a peer sends, and nothing else comes between.
        if plan.url.isTLS { try easy.onTLSData { [unowned self] in readTLS($0) } }
        try easy.onBody { [unowned self] in read($0) }
        try easy.onHeader { [unowned self] in readLine($0) }
    }

    /// Gives libcurl the connection, once, and only where it wants to go where that leads.
    private func take(_ request: SocketRequest) -> Int32? {
        guard request.address == plan.address, !isTaken else {
            socketError = EACCES
            return nil
        }
        isTaken = true
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
        guard plan.isHTTP else { return .greeting }
        return head.hasEnded ? .body(bodyBytes) : .headers
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
        let before = bodyBytes
        let decoder = decoder ?? BodyDecoder(head.codings)
        self.decoder = decoder
        switch decoder.read(chunk, to: take) {
        case .goesOn:
            guard meter.isExcessive(piece: max(chunk.count, bodyBytes - before)) else { return true }
            excess = .framing
        case .enough, .over: break
        case .damaged(let words): undecodable = (.badContentEncoding, words)
        case .excessive: excess = .framing
        case .outOfMemory: undecodable = (.outOfMemory, CurlCode.outOfMemory.description)
        }
        return false
    }

    /// Takes a piece of what the body says; returns whether more is wanted.
    private func take(_ chunk: UnsafeRawBufferPointer) -> Bool {
        let wanted = min(chunk.count, plan.specification.bodyLimit - bodyBytes)
        bodyBytes += wanted
        let piece = UnsafeRawBufferPointer(rebasing: chunk.prefix(wanted))
        if !plan.needles.isEmpty {
            if search == nil { search = BodySearch(plan.needles, type: contentType) }
            search?.read(piece)
        }
        if plan.keepsBody { settings.bodies.append(piece, to: probe) }
        bodyWasCut = wanted < chunk.count
        return !bodyWasCut
    }

    /// What the answer says of its body's text, where anybody wants that.
    private var contentType: ContentType {
        ContentType(plan.needles.isEmpty && !plan.keepsBody ? "" : head.contentType)
    }

    /// Takes a line before the body, or what a mail server says; returns whether the transfer goes on.
    private func readLine(_ line: UnsafeRawBufferPointer) -> Bool {
        meter.data()
        guard plan.isHTTP else {
            said = String(decoding: line.prefix(1000), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            greeting = greeting ?? said
            return true
        }
        switch head.read(line, status: easy.responseCode) {
        case .taken: return true
        case .redirected: break
        case .tooLong: headersTooLong = true
        case .compressedTooOften: excess = .encodings
        }
        return false
    }

    /// What `code` means. libcurl calls it a failure to write where something stands behind the end of a compressed body,
    /// and where nothing of a redirect's body was taken: the answer is whole all the same. And it takes a connection that
    /// is closed within the headers for their end.
    private func meaning(of code: CurlCode) -> CurlCode {
        if plan.purpose == .probe, let greeting {
            return MailDialogue(scheme: plan.specification.scheme, greeting: greeting, said: said).meaning(of: code)
        }
        if code == .writeError, let undecodable { return undecodable.code }
        if code == .writeError, head.hasEnded, !bodyWasCut, !headersTooLong, excess == nil { return .ok }
        return code == .ok && plan.isHTTP && !head.hasEnded ? .partialFile : code
    }

    /// What there is to know now that libcurl is done with result `code`; asked for once.
    func finish(_ code: CurlCode) -> FinishedTransfer {
        let certificates = plan.wantsCertificate ? easy.certificateFields().compactMap(CertificateFields.parse) : []
        let body = plan.keepsBody ? settings.bodies.finish(probe) : []
        // Without a body the empty text is in it, and no other.
        if search == nil, !plan.needles.isEmpty { search = BodySearch(plan.needles, type: contentType) }
        let breaksOff = code == .ok && decoder?.isCut == true
        let found = search?.finish(cut: bodyWasCut || breaksOff) ?? []
        return FinishedTransfer(
            code: meaning(of: code), text: undecodable?.words ?? easy.message, systemError: easy.systemError,
            socketError: socketError, verifyResult: easy.verifyResult,
            status: easy.responseCode,
            redirect: AnswerHead.isRedirect(easy.responseCode) ? head.location : nil,
            times: .init(
                tls: easy.tlsMicroseconds, firstByte: easy.firstByteMicroseconds,
                total: easy.totalMicroseconds),
            headers: head.headers, headersEnded: head.hasEnded,
            headersTooLong: headersTooLong, body: body ?? [],
            bodyBytes: bodyBytes, bodyWasCut: bodyWasCut || breaksOff,
            compressionBreaksOff: breaksOff, certificates: certificates, excess: excess,
            contentType: contentType, found: found, bodyWasDropped: body == nil, greeting: greeting ?? "",
            said: said)
    }
}
