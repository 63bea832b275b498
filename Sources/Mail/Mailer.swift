import Curl
import SLA

/// Hands messages to a mail server, one after the other over one connection where the server keeps it.
///
/// Each call blocks until the message is taken or not, the server's timeout at the longest: it belongs on a queue on
/// which nothing else waits. Not to be used from two threads at once.
public final class Mailer {
    private let server: MailServer
    private let easy: EasyHandle

    /// A mailer to `server`; nil where libcurl has no memory for one.
    public init?(_ server: MailServer) {
        guard let easy = EasyHandle() else { return nil }
        self.server = server
        self.easy = easy
    }

    /// Sends `mail` and says what became of it.
    public func send(_ mail: MailMessage) -> MailOutcome {
        let exchange = MailExchange(mail.bytes)
        easy.reset()
        do {
            try configure(mail, exchange)
        } catch {
            return MailOutcome(kind: .unreachable, answer: error.description)
        }
        return outcome(easy.perform(), lastLine: exchange.lastLine)
    }

    private func configure(_ mail: MailMessage, _ exchange: MailExchange) throws(CurlRefusal) {
        let encryption: StartTLS =
            switch server.encryption {
            case .required: .required
            case .opportunistic: .opportunistic
            case .none: .never
            }
        try easy.set(.url, server.url)
        try easy.set(.protocols, "smtp,smtps")
        try easy.isolate()
        try easy.set(.timeoutMilliseconds, Int(server.timeout))
        try easy.set(.connectTimeoutMilliseconds, Int(server.timeout))
        try easy.set(.responseTimeoutSeconds, Int(server.timeout / 1000 + 1))
        try easy.set(.startTLS, encryption)
        try easy.set(.minimumTLS, .tls12)
        if let authorities = server.authorities { try easy.trust(authorities) }
        try easy.set(.mailFrom, "<\(mail.from)>")
        try easy.set(.mailRecipients, ["<\(mail.to)>"])
        if let user = server.user, let password = server.password {
            try easy.set(.username, user)
            try easy.set(.password, password.reveal())
        }
        try easy.set(.upload, true)
        try easy.onUpload { exchange.fill($0) }
        try easy.onHeader { exchange.receive($0) }
        try easy.onBody { exchange.receive($0) }
    }

    private func outcome(_ code: CurlCode, lastLine: String) -> MailOutcome {
        if code == .ok { return MailOutcome(kind: .accepted, answer: lastLine) }
        let status = easy.responseCode
        // Only these say that the server has judged this message; a login that failed fails for every message.
        let isJudged = code == .sendError || code == .weirdServerReply || code == .receiveError
        if isJudged, !lastLine.isEmpty {
            if (500...599).contains(status) { return MailOutcome(kind: .refused, answer: lastLine) }
            if (400...499).contains(status) { return MailOutcome(kind: .deferred, answer: lastLine) }
        }
        let answer = easy.message.isEmpty ? code.description : easy.message
        let isHeard = status >= 400 && !lastLine.isEmpty && !answer.contains(lastLine)
        return MailOutcome(kind: .unreachable, answer: isHeard ? "\(answer): \(lastLine)" : answer)
    }
}

/// What goes to the server and comes back from it while one message is sent.
private final class MailExchange {
    private let bytes: [UInt8]
    private var sent = 0
    private(set) var lastLine = ""

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Fills `buffer` with what comes next, and returns its length.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        let chunk = bytes[sent...].prefix(buffer.count)
        buffer.copyBytes(from: chunk)
        sent += chunk.count
        return chunk.count
    }

    /// Keeps a line of the server's, without what would steer a terminal; always goes on.
    func receive(_ line: UnsafeRawBufferPointer) -> Bool {
        let text = String(decoding: line.prefix(500), as: UTF8.self)
        let kept = text.unicodeScalars.filter { $0.properties.generalCategory != .control }
        let said = String(String.UnicodeScalarView(kept))
        // 221 is the goodbye to the QUIT that libcurl sends after a refusal: not what the message was told.
        if !said.isEmpty, !said.hasPrefix("221") { lastLine = said }
        return true
    }
}
