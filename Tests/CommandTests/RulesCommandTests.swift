import Foundation
import Testing

/// `availd rules` and what a change of the configuration does to the past, through the program (semantics §3.2).
@Suite struct RulesCommandTests {
    private let availd: BuiltProgram

    init() throws {
        availd = try BuiltProgram()
        try configure()
        // A minute apart for an hour of October, then every five minutes; two failures at 01:10.
        let start = 1_790_787_600_000
        let minutes = Array(0..<60) + stride(from: 60, to: 1440, by: 5)
        let rows = minutes.map { minute in
            "\(start + minute * 60_000),acme-web,\(minute == 70 || minute == 75 ? "down" : "up")"
        }
        try availd.write("at,service,state\n" + rows.joined(separator: "\n") + "\n", to: "samples.csv")
        let imported = try availd("import", "--samples", "\(availd.folder)/samples.csv")
        #expect(imported.status == 0)
    }

    private func configure(interval: String = "5m", checks: String = "", confirm: Int = 2) throws {
        let asked = checks.isEmpty ? "url: \"http://127.0.0.1:1/\"" : "checks: [\(checks)]"
        try availd.write(
            """
            agreement: {timezone: Asia/Ho_Chi_Minh}
            customers: [{id: acme}]
            services:
              - {id: acme-web, customer: acme, paid: [{from: 2026-10-01, to: 2026-10-02}], interval: \(interval),
                 confirm: \(confirm), \(asked)}
            probing: {allow_addresses: [127.0.0.0/8]}
            state_directory: \(availd.folder)/state
            """, to: "availd.yaml")
    }

    private static let first = #"{id: default, url: "http://127.0.0.1:1/"}"#
    private static let second = #"{id: smtp, url: "smtp://127.0.0.1:25"}"#

    /// An edit of the configuration changes no minute of the past.
    @Test(arguments: [
        ("30s", "", 2), ("1h", "", 2), ("5m", "", 5), ("5m", Self.first + ", " + Self.second, 2),
        ("5m", Self.second, 2),
    ])
    func anEditRewritesNothing(interval: String, checks: String, confirm: Int) throws {
        let before = try availd("report", "--month", "2026-10").output
        #expect(before.contains("99.3055"))
        try configure(interval: interval, checks: checks, confirm: confirm)
        let after = try availd("report", "--month", "2026-10").output
        func figures(_ report: String) -> [Substring] { report.split(separator: ",").dropLast() }
        #expect(figures(after) == figures(before))
    }

    @Test func theHistoryIsAFileThatReplayReads() throws {
        let before = try availd("report", "--month", "2026-10").lines.map { $0.split(separator: ",").dropLast() }
        let rules = try availd("rules", "list", "--format", "csv")
        #expect(rules.status == 0)
        try availd.write(rules.output, to: "rules.csv")
        try configure(interval: "30s", confirm: 5)
        let replayed = try availd(
            "replay", "--samples", "\(availd.folder)/samples.csv", "--rules", "\(availd.folder)/rules.csv", "--month",
            "2026-10")
        #expect(replayed.lines.map { $0.split(separator: ",").dropLast() } == before)
        // Without it, the configuration's count for all time.
        let bare = try availd("replay", "--samples", "\(availd.folder)/samples.csv", "--month", "2026-10")
        #expect(bare.lines.map { $0.split(separator: ",").dropLast() } != before)
    }

    @Test func aCorrectionIsListedAndCounts() throws {
        let corrected = try availd(
            "rules", "correct", "acme-web", "--from", "2026-10-01T00:00:00+07:00", "--confirm", "3", "--reason",
            "three since the upgrade", "--evidence", "TICKET-1", "--by", "lan")
        #expect(corrected.status == 0)
        let report = try availd("report", "--month", "2026-10")
        #expect(report.output.contains(",100.0000,"))
        let list = try availd("rules", "list", "acme-web", "--format", "json")
        let document = try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [String: Any]
        let changes = document?["changes"] as? [[String: Any]]
        #expect(changes?.count == 2)
        #expect(changes?.last?["reason"] as? String == "three since the upgrade")
        #expect(changes?.last?["confirm"] as? Int == 3)
        // The figure without it is shown beside, as its verdict or credit may be another.
        let again = try availd(
            "rules", "correct", "acme-web", "--from", "2026-10-01T00:00:00+07:00", "--confirm", "3", "--reason",
            "again",
            "--evidence", "TICKET-1", "--by", "lan")
        #expect(again.status != 0)
        #expect(again.errors.contains("it was so already"))
    }

    @Test func aMistakeIsNamed() throws {
        let mistakes = [
            (["--check", "smtq", "--confirm", "3"], "smtq"), (["--confirm", "11"], "expected 1 to 10"),
            (["--stale-after", "1h"], "from interval + timeout to 5 × interval + timeout"),
            (["--timeout", "6m"], "is longer than the interval"), (["--customer", "beta"], "beta"),
        ]
        for (arguments, message) in mistakes {
            let refused = try availd(
                ["rules", "correct", "acme-web", "--from", "2026-10-01T00:00:00+07:00", "--reason", "r", "--evidence"]
                    + ["e", "--by", "lan"] + arguments)
            #expect(refused.status == 64 || refused.status == 65, "\(arguments)")
            #expect(refused.errors.contains(message), "\(refused.errors)")
        }
        let list = try availd("rules", "list", "--format", "csv")
        #expect(list.lines.count == 2)
    }
}
