import CLibcurl
import SLA

/// Hands messages to a mail server, one after the other over one connection where the server keeps it.
///
/// Each call blocks until the message is taken or not, the server's timeout at the longest: it belongs on a queue on
/// which nothing else waits. Not to be used from two threads at once.
public final class Mailer {
    private let server: MailServer
    private let easy: OpaquePointer
    /// libcurl writes its message here, from its first option to `curl_easy_cleanup`.
    private let message = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// A mailer to `server`; nil where libcurl has no memory for one.
    public init?(_ server: MailServer) {
        guard Self.isReady, let easy = curl_easy_init() else {
            message.deallocate()
            return nil
        }
        self.server = server
        self.easy = easy
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        // It may still write to `message` while it says goodbye.
        curl_easy_cleanup(easy)
        message.deallocate()
    }

    /// Sends `mail` and says what became of it.
    public func send(_ mail: MailMessage) -> MailOutcome {
        curl_easy_reset(easy)
        let exchange = MailExchange(mail.bytes)
        guard let recipients = curl_slist_append(nil, "<\(mail.to)>") else {
            return MailOutcome(kind: .unreachable, answer: "no memory")
        }
        defer { curl_slist_free_all(recipients) }
        message.pointee = 0
        if let refused = configure(from: mail.from, recipients, exchange) {
            return MailOutcome(kind: .unreachable, answer: "libcurl refused an option: \(reason(refused))")
        }
        // libcurl has the address of `exchange` until it returns, and calls back on this thread alone.
        let code = withExtendedLifetime(exchange) { curl_easy_perform(easy) }
        return outcome(code, lastLine: exchange.lastLine)
    }

    /// The first error of an option, or nil.
    private func configure(
        from: String, _ recipients: UnsafeMutablePointer<curl_slist>, _ exchange: MailExchange
    ) -> CURLcode? {
        let address = Unmanaged.passUnretained(exchange).toOpaque()
        let encryption =
            switch server.encryption {
            case .required: CURLUSESSL_ALL
            case .opportunistic: CURLUSESSL_TRY
            case .none: CURLUSESSL_NONE
            }
        var codes = [
            availd_easy_set_string(easy, CURLOPT_URL, server.url),
            availd_easy_set_string(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
            availd_easy_set_string(easy, CURLOPT_PROXY, ""),
            availd_easy_set_long(easy, CURLOPT_NOSIGNAL, 1),
            availd_easy_set_long(easy, CURLOPT_NETRC, 0),
            availd_easy_set_long(easy, CURLOPT_TIMEOUT_MS, Int(server.timeout)),
            availd_easy_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, Int(server.timeout)),
            availd_easy_set_long(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, Int(server.timeout / 1000 + 1)),
            availd_easy_set_long(easy, CURLOPT_USE_SSL, Int(encryption.rawValue)),
            availd_easy_set_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
            availd_easy_set_pointer(easy, CURLOPT_ERRORBUFFER, message),
            availd_easy_set_string(easy, CURLOPT_MAIL_FROM, "<\(from)>"),
            availd_easy_set_list(easy, CURLOPT_MAIL_RCPT, recipients),
            availd_easy_set_long(easy, CURLOPT_UPLOAD, 1),
            availd_easy_set_pointer(easy, CURLOPT_READDATA, address),
            availd_easy_set_writer(easy, CURLOPT_READFUNCTION, MailExchange.read),
            availd_easy_set_pointer(easy, CURLOPT_HEADERDATA, address),
            availd_easy_set_writer(easy, CURLOPT_HEADERFUNCTION, MailExchange.readLine),
            availd_easy_set_pointer(easy, CURLOPT_WRITEDATA, address),
            availd_easy_set_writer(easy, CURLOPT_WRITEFUNCTION, MailExchange.readLine),
        ]
        if let authorities = server.authorities {
            codes.append(availd_easy_set_string(easy, CURLOPT_CAINFO, authorities))
        }
        if let user = server.user, let password = server.password {
            codes.append(availd_easy_set_string(easy, CURLOPT_USERNAME, user))
            codes.append(availd_easy_set_string(easy, CURLOPT_PASSWORD, password.reveal()))
        }
        return codes.first { $0 != CURLE_OK }
    }

    private func reason(_ code: CURLcode) -> String {
        let text = String(cString: message)
        return text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
    }

    private func outcome(_ code: CURLcode, lastLine: String) -> MailOutcome {
        if code == CURLE_OK { return MailOutcome(kind: .accepted, answer: lastLine) }
        var status = 0
        if availd_easy_get_long(easy, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK { status = 0 }
        // Only these say that the server has judged this message; a login that failed fails for every message.
        let isJudged = code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_RECV_ERROR
        if isJudged, !lastLine.isEmpty {
            if (500...599).contains(status) { return MailOutcome(kind: .refused, answer: lastLine) }
            if (400...499).contains(status) { return MailOutcome(kind: .deferred, answer: lastLine) }
        }
        let answer = reason(code)
        let isHeard = status >= 400 && !lastLine.isEmpty && !answer.contains(lastLine)
        return MailOutcome(kind: .unreachable, answer: isHeard ? "\(answer): \(lastLine)" : answer)
    }
}

/// What goes to the server and comes back from it, for the time of one `curl_easy_perform`.
///
/// libcurl holds its address for that time only, and ``Mailer/send(_:)`` holds the object for longer.
private final class MailExchange {
    private let bytes: [UInt8]
    private var sent = 0
    private(set) var lastLine = ""

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Fills libcurl's buffer with what comes next.
    static let read: curl_write_callback = { buffer, size, count, context in
        guard let buffer, let context else { return Int(CURL_READFUNC_ABORT) }
        return Unmanaged<MailExchange>.fromOpaque(context).takeUnretainedValue().fill(buffer, size * count)
    }

    /// Takes a line of the server's.
    static let readLine: curl_write_callback = { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        Unmanaged<MailExchange>.fromOpaque(context).takeUnretainedValue().hear(line)
        return size * count
    }

    private func fill(_ buffer: UnsafeMutablePointer<CChar>, _ capacity: Int) -> Int {
        let chunk = bytes[sent...].prefix(capacity)
        // `capacity` bytes of the buffer are libcurl's to lend, and the chunk is no longer.
        UnsafeMutableRawBufferPointer(start: buffer, count: capacity).copyBytes(from: chunk)
        sent += chunk.count
        return chunk.count
    }

    /// Keeps the line, without what would steer a terminal.
    private func hear(_ line: UnsafeRawBufferPointer) {
        let text = String(decoding: line.prefix(500), as: UTF8.self)
        let kept = text.unicodeScalars.filter { $0.properties.generalCategory != .control }
        let said = String(String.UnicodeScalarView(kept))
        // 221 is the goodbye to the QUIT that libcurl sends after a refusal: not what the message was told.
        if !said.isEmpty, !said.hasPrefix("221") { lastLine = said }
    }
}
