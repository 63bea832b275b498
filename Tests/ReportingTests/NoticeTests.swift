import Foundation
import SLA
import Testing

@testable import Reporting

/// What customers and the public read of maintenance.
@Suite struct NoticeTests {
    private static let zone = TimeZoneRules(name: "Asia/Ho_Chi_Minh", initialOffset: 7 * 3_600_000)
    private static let calendar = CivilCalendar(zone: zone)
    /// 2026-10-11T02:00:00+07:00.
    private static let start = Instant(milliseconds: 1_791_658_800_000)

    private func record(
        reason: String = "thay ổ đĩa", scope: [ScopeTerm] = [.group("rack-3"), .customer("acme")]
    ) -> MaintenanceRecord {
        MaintenanceRecord(plans: [
            MaintenancePlan(
                number: 1, kind: .scheduled, scope: scope,
                recurrence: Interval(Self.start, Self.start + 7_200_000).map(Recurrence.once)
                    ?? .once(Self.calendar.interval(of: Self.calendar.month(containing: Self.start))),
                reason: reason, plannedAt: Self.start - 200_000_000, plannedBy: "lan")
        ])
    }

    private func window(_ record: MaintenanceRecord) throws -> MaintenanceWindow {
        try #require(record.nextWindows(of: record.plans[0], after: Self.start - 1, limit: 1, in: Self.calendar).first)
    }

    private func text(_ language: NoticeLanguage, _ record: MaintenanceRecord) throws -> NoticeText {
        let window = try self.window(record)
        let service = Service(
            id: "acme-web", customer: "acme", paid: .empty,
            checks: [Check(probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))])
        return NoticeText(
            of: window.segments.suffix(1).map { (window, $0) }, services: [service],
            to: Customer(id: "acme", name: "Công ty Acme"),
            by: NoticeText.Provider(name: "VINASTAR", contacts: [("phone", "024 1"), ("zalo", "vina")]),
            in: language, calendar: Self.calendar)
    }

    @Test func inVietnamese() throws {
        let text = try self.text(.vietnamese, record())
        #expect(text.subject == "[VINASTAR] Bảo trì định kỳ: 02:00 Chủ Nhật 11/10/2026 (+07:00)")
        for part in [
            "Kính gửi Công ty Acme,", "  - acme-web", "  - 02:00–04:00 Chủ Nhật 11/10/2026 (+07:00)",
            "Lý do: thay ổ đĩa",
            "ngoài giờ làm việc", "  Điện thoại: 024 1", "  zalo: vina", "Mã thông báo: M1.2026-10-11",
            "Asia/Ho_Chi_Minh",
        ] { #expect(text.body.contains(part)) }
    }

    @Test func inEnglish() throws {
        let text = try self.text(.english, record())
        #expect(text.subject == "[VINASTAR] Scheduled maintenance: 02:00 Sunday 2026-10-11 (+07:00)")
        #expect(text.body.contains("outside office hours") && text.body.contains("  Telephone: 024 1"))
        #expect(
            text.spoken
                == "Scheduled maintenance: acme-web. 02:00–04:00 Sunday 2026-10-11 (+07:00). Reason: thay ổ đĩa")
    }

    @Test func anExtensionSaysThatItIsOne() throws {
        var record = self.record()
        record.extensions = [
            MaintenanceExtension(
                plan: 1, number: 1, date: Self.calendar.date(at: Self.start), until: Self.start + 9 * 3_600_000,
                at: Self.start, by: "lan", reason: "a slow disk")
        ]
        let text = try self.text(.english, record)
        #expect(text.subject.hasPrefix("[VINASTAR] Scheduled maintenance extended: 04:00"))
        #expect(text.body.contains("Reason: a slow disk") && text.body.contains("Reference: M1.2026-10-11.x1"))
    }

    private func feed(_ record: MaintenanceRecord, website: String? = nil) throws -> [String: String] {
        let notice = PublicNotice(
            try window(record), publishedAt: Self.start - 100_000_000, in: .english, calendar: Self.calendar)
        let feed = PublicFeed([notice], title: "VINASTAR & sons", website: website, since: Self.start)
        return Dictionary(uniqueKeysWithValues: feed.files.map { ($0.name, $0.text) })
    }

    /// The public learns of groups, never of customers (clause 5).
    @Test func thePublicFilesNameNoCustomer() throws {
        for text in try feed(record()).values {
            #expect(text.contains("rack-3") && !text.contains("acme"))
        }
        for text in try feed(record(scope: [.customer("acme"), .service("acme-web")])).values {
            #expect(text.contains("some services") && !text.contains("acme"))
        }
    }

    @Test func theCalendarIsOneThatProgramsRead() throws {
        var record = self.record(reason: "a, b; c\\d\n" + String(repeating: "ổ", count: 60))
        let first = try feed(record)["notices.ics"] ?? ""
        let lines = first.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 } && lines.last == "")
        #expect(!first.replacingOccurrences(of: "\r\n", with: "").contains { $0.isNewline })
        let unfolded = first.replacingOccurrences(of: "\r\n ", with: "")
        #expect(
            unfolded.contains("DTSTART:20261010T190000Z\r\nDTEND:20261010T210000Z\r\nSEQUENCE:0\r\nSTATUS:CONFIRMED"))
        #expect(unfolded.contains("Reason: a\\, b\\; c\\\\d\\n" + String(repeating: "ổ", count: 60)))
        record.cancellations = [
            MaintenanceCancellation(plan: 1, date: nil, at: Self.start - 5, by: "lan", reason: "r")
        ]
        let windows = record.windows(
            of: record.plans[0],
            overlapping: Self.calendar.interval(
                of: Self.calendar.month(containing: Self.start)), in: Self.calendar)
        let notice = PublicNotice(
            try #require(windows.first), publishedAt: Self.start - 9, in: .english, calendar: Self.calendar)
        let cancelled = PublicFeed([notice], title: "", website: nil, since: Self.start).files[2].text
        #expect(cancelled.contains("SEQUENCE:1\r\nSTATUS:CANCELLED"))
    }

    /// Foundation's parsers, which are not ours, take what was written.
    @Test func theFeedsAreWellFormed() throws {
        let files = try feed(record(reason: "<b> & \"c\" \u{1}"), website: "https://vinastar.example/n")
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data((files["notices.json"] ?? "").utf8)) as? [String: Any])
        #expect(json["version"] as? String == "https://jsonfeed.org/version/1.1")
        #expect((json["items"] as? [[String: Any]])?.first?["id"] as? String == "M1.2026-10-11")
        let atom = try #require(files["notices.atom"])
        #expect(atom.contains("&lt;b&gt; &amp; &quot;c&quot; \n"))
        #expect(atom.contains("<id>https://vinastar.example/n/#M1.2026-10-11</id>"))
        #expect(atom.contains("<title>VINASTAR &amp; sons</title>"))
    }
}
