import Curl
import SLA

/// What a mail server says for itself, and what libcurl makes of it. Pure.
struct MailDialogue {
    let scheme: ProbeScheme
    /// Its first line.
    let greeting: String
    /// Its last.
    let said: String

    /// What a transfer's end with `code` means. libcurl takes any good code of SMTP for a greeting, asks IMAP for its
    /// capabilities and does not mind a refusal, and wants capital letters where IMAP asks for none (RFC 9051 §9).
    func meaning(of code: CurlCode) -> CurlCode {
        switch scheme {
        case .smtp, .smtps:
            return code == .ok && !greeting.hasPrefix("220") ? .weirdServerReply : code
        case .imap, .imaps:
            if code == .ok { return refuses ? .weirdServerReply : code }
            let isGreeted = code == .weirdServerReply && said == greeting && greeting.uppercased().hasPrefix("* OK")
            return isGreeted ? .ok : code
        case .pop3, .pop3s, .http, .https, .tcp:
            return code
        }
    }

    /// Whether it said, in its own protocol, that it does not serve us.
    var refuses: Bool {
        let words = said.uppercased()
        return switch scheme {
        case .smtp, .smtps: words.wholeMatch(of: /[45][0-9][0-9](?:[ -].*)?/.dotMatchesNewlines()) != nil
        case .imap, .imaps: words.wholeMatch(of: /[^ ]+ (?:NO|BAD|BYE)(?: .*)?/.dotMatchesNewlines()) != nil
        case .pop3, .pop3s: words.hasPrefix("-ERR")
        case .http, .https, .tcp: false
        }
    }

    /// Whether its first line is of another protocol.
    var isForeign: Bool {
        guard !greeting.isEmpty else { return false }
        return switch scheme {
        case .smtp, .smtps: greeting.wholeMatch(of: /[0-9]{3}(?:[ -].*)?/.dotMatchesNewlines()) == nil
        case .imap, .imaps: !greeting.hasPrefix("*")
        case .pop3, .pop3s: !["+OK", "-ERR"].contains { greeting.uppercased().hasPrefix($0) }
        case .http, .https, .tcp: false
        }
    }
}
