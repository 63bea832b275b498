import SLA

/// A message to one person, as RFC 5322 writes it: the envelope and the header name nobody else.
public struct MailMessage: Hashable, Sendable {
    /// The sender's address.
    public let from: String
    /// The sender's name; empty for none.
    public let fromName: String
    /// The address of the one who gets it.
    public let to: String
    /// What it is about, on one line; in any characters.
    public let subject: String
    /// The text, lines ended by a line feed; in any characters.
    public let body: String
    /// What tells it from every other message, and is the same where it is sent again: `LOCAL@DOMAIN` of ASCII.
    public let id: String
    /// When it was written.
    public let date: Instant
    /// The zone in which that is said.
    public let calendar: CivilCalendar

    /// A message, or nil where an address cannot stand in a header: it has a character that would end it or name
    /// somebody else, or no `@`.
    public init?(
        from: String, fromName: String, to: String, subject: String, body: String, id: String, date: Instant,
        calendar: CivilCalendar
    ) {
        guard Self.isAddress(from), Self.isAddress(to), Self.isAddress(id) else { return nil }
        self.from = from
        self.fromName = fromName
        self.to = to
        self.subject = subject
        self.body = body
        self.id = id
        self.date = date
        self.calendar = calendar
    }

    /// Whether `text` is one address without a name, a comment or a group, in printable ASCII: Debian's libcurl speaks
    /// no SMTPUTF8 to a server that was not asked for it.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"<>()[],;:\\\"".utf8.contains($0) }
    }

    /// The bytes that go to the server, lines ended by CRLF. No line of the body begins with a dot.
    public var bytes: [UInt8] {
        let sender = fromName.isEmpty ? from : HeaderText.phrase(fromName) + " <\(from)>"
        let header = [
            "From: \(sender)", "To: \(to)", "Subject: \(HeaderText.encoded(subject))", "Date: \(dateText)",
            "Message-ID: <\(id)>", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            // Nobody's absence notice comes back (RFC 3834).
            "Auto-Submitted: auto-generated",
        ]
        var encoded = HeaderText.base64(body.replacing("\n", with: "\r\n").utf8)[...]
        var text = header.joined(separator: "\r\n") + "\r\n\r\n"
        while !encoded.isEmpty {
            text += encoded.prefix(76) + "\r\n"
            encoded = encoded.dropFirst(76)
        }
        return Array(text.utf8)
    }

    /// As `Sun, 11 Oct 2026 02:00:00 +0700`.
    private var dateText: String {
        let day = calendar.date(at: date)
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let written = RFC3339.text(date, in: calendar.zone)
        let time = written.dropFirst(11).prefix(8)
        let offset = written.hasSuffix("Z") ? "+0000" : written.suffix(6).filter { $0 != ":" }
        let weekday = day.weekday.rawValue.prefix(3)
        return weekday.prefix(1).uppercased() + weekday.dropFirst()
            + ", \(day.day) \(months[day.month - 1]) \(day.year) \(time) \(offset)"
    }
}
