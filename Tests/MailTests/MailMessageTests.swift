import Foundation
import SLA
import Testing

@testable import Mail

/// A message as other programs read it: one addressee, nothing injected, every character kept.
@Suite struct MailMessageTests {
    private static let calendar = CivilCalendar(
        zone: TimeZoneRules(name: "Asia/Ho_Chi_Minh", initialOffset: 7 * 3_600_000))

    private func message(
        fromName: String = "VINASTAR", to: String = "it@acme.example", subject: String = "Bảo trì",
        body: String = "Xin chào\n"
    ) -> MailMessage? {
        MailMessage(
            from: "support@vinastar.example", fromName: fromName, to: to, subject: subject, body: body,
            id: "availd.M1.7@vinastar.example", date: Instant(milliseconds: 1_791_658_800_000),
            calendar: Self.calendar)
    }

    private func lines(_ message: MailMessage) -> [String] {
        String(decoding: message.bytes, as: UTF8.self).components(separatedBy: "\r\n")
    }

    @Test func theHeaderSaysWhoWhomAndWhen() throws {
        let lines = self.lines(try #require(message()))
        #expect(lines[0] == "From: \"VINASTAR\" <support@vinastar.example>")
        #expect(lines[1] == "To: it@acme.example")
        #expect(lines[2] == "Subject: =?utf-8?B?QuG6o28gdHLDrA==?=")
        #expect(lines[3] == "Date: Sun, 11 Oct 2026 02:00:00 +0700")
        #expect(lines[4] == "Message-ID: <availd.M1.7@vinastar.example>")
        #expect(lines.contains(""))
    }

    /// Foundation's decoder, which is not ours, finds the text again.
    @Test(arguments: ["", "a", "ab", "abc", "Thay ổ đĩa 🛠\n.\nFrom me\n", String(repeating: "dài ", count: 500)])
    func theBodyComesBack(body: String) throws {
        let all = lines(try #require(message(body: body)))
        let encoded = all.drop { !$0.isEmpty }.joined()
        let decoded = try #require(Data(base64Encoded: encoded))
        #expect(String(decoding: decoded, as: UTF8.self) == body.replacingOccurrences(of: "\n", with: "\r\n"))
        #expect(all.allSatisfy { $0.utf8.count <= 78 })
    }

    @Test(arguments: [
        "x\r\nBcc: thief@evil.example", "x\nSubject: other", "\u{0}", "=?utf-8?B?eA==?=",
        String(repeating: "ổ", count: 90),
        "🛠🛠🛠🛠🛠🛠🛠🛠🛠🛠🛠🛠🛠🛠🛠🛠", String(repeating: "word ", count: 60),
    ])
    func nothingInATextBecomesAHeader(text: String) throws {
        let written = try #require(message(fromName: text, subject: text))
        let header = lines(written).prefix { !$0.isEmpty }
        // Only lines of ours, and continuations of encoded words.
        let names = header.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
        #expect(
            names == [
                "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
                "Content-Transfer-Encoding", "Auto-Submitted",
            ])
        #expect(header.filter { $0.hasPrefix(" ") }.allSatisfy { $0.hasPrefix(" =?utf-8?B?") })
        #expect(header.allSatisfy { $0.utf8.allSatisfy { (0x20...0x7E).contains($0) } })
        // Every word is of whole characters, and no longer than RFC 2047 allows.
        let words = header.flatMap { $0.split(separator: " ") }.filter { $0.hasPrefix("=?utf-8?B?") }
        let isWhole = words.allSatisfy { word in
            guard let data = Data(base64Encoded: String(word.dropFirst(10).dropLast(2))) else { return false }
            return String(validating: data, as: UTF8.self) != nil && word.utf8.count <= 75
        }
        #expect(isWhole && !words.isEmpty)
    }

    @Test(arguments: [
        "", "acme", "@acme.example", "it@", "a@b@c", "a b@c", "a@b, thief@evil.example", "<a@b>", "a@b\r\nBcc: c@d",
        "ổ@b",
    ])
    func anAddressNamesOnePersonOrNone(address: String) {
        #expect(message(to: address) == nil)
    }

    @Test(arguments: [("VINASTAR", "\"VINASTAR\""), ("A \"B\" \\ C", #""A \"B\" \\ C""#), ("Lê", "=?utf-8?B?TMOq?=")])
    func aNameIsQuoted(name: String, phrase: String) {
        #expect(HeaderText.phrase(name) == phrase)
    }
}
