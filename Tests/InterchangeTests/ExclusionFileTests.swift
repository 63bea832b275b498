import Intake
import Interchange
import SLA
import Testing

@Suite struct ExclusionFileTests {
    private let header = "id,category,scope,from,to,notice_at,evidence,recorded_at,recorded_by,revoked_at\n"

    private func read(_ text: String) throws -> [Exclusion] {
        try Array((header + text).utf8).withUnsafeBytes {
            try ExclusionFile.exclusions($0, file: "e.csv", catalog: catalog)
        }
    }

    private func at(_ ms: Int64) -> Instant { t(1_790_812_800_000 + ms) }

    private func mistakes(_ text: String) -> [String] {
        InterchangeTests.mistakes(in: { _ = try read(text) })
    }

    @Test func everyColumnIsRead() throws {
        let all = try read(
            "E1,third_party,service:web customer:acme group:rack-3 all,1790812801000,1790812802000,1790812800500,\"ticket, 7\",1790812800600,lan,1790812800700\n"
        )
        #expect(
            all == [
                Exclusion(
                    id: "E1", category: .thirdParty,
                    scope: [.service("web"), .customer("acme"), .group("rack-3"), .all],
                    interval: try #require(Interval(at(1000), at(2000))), noticeAt: at(500), evidence: "ticket, 7",
                    recordedAt: at(600), recordedBy: "lan", revokedAt: at(700))
            ])
    }

    @Test func whatIsEmptyIsNothing() throws {
        let exclusion = try #require(try read("E1,suspension,all,1790812800001,1790812800002,,,,,\n").first)
        #expect(exclusion.noticeAt == nil)
        #expect(exclusion.recordedAt == nil)
        #expect(exclusion.revokedAt == nil)
        #expect(exclusion.evidence.isEmpty)
    }

    /// The apostrophe that the list writes before what a spreadsheet would run does not come back.
    @Test func whatWasMadeHarmlessComesBackAsItWas() throws {
        let exclusion = try #require(
            try read(
                "'-1,suspension,all,1790812800001,1790812800002,,'=cmd(),,'@x,\nE2,suspension,all,1790812800001,1790812800002,,'tis,,,\n"
            ).first)
        #expect(exclusion.id == "-1")
        #expect(exclusion.evidence == "=cmd()")
        #expect(exclusion.recordedBy == "@x")
        #expect(try read("E2,suspension,all,1790812800001,1790812800002,,'tis,,',\n").first?.evidence == "'tis")
        for end in ["\n", "\r\n", "\r", "\t"] {
            #expect(
                try read("E3,suspension,all,1790812800001,1790812800002,,\"'\(end)the next line\",,,\n").first?.evidence
                    == "\(end)the next line")
        }
    }

    @Test func everyBadLineIsNamed() {
        let found = mistakes(
            """
            ,suspension,all,1790812800001,1790812800002,,,,,
            E2,suspensio,all,1790812800001,1790812800002,,,,,
            E3,suspension,service:wbe group:rack-4 nobody,1790812800001,1790812800002,,,,,
            E4,suspension,,1790812800002,1790812800002,,,,,
            E5,suspension,all,,x,,,,,
            E6,suspension,all,1790812800001,1790812800002,soon,,,,
            E7,suspension,all,1790812800001,1790812800002,,,,,
            E7,suspension,all,1790812800001,1790812800002,,,,,
            E8,suspension,all,1790812800001
            """)
        let terms = "all, service:ID, customer:ID or group:NAME"
        #expect(
            found == [
                "e.csv:2: id: found nothing, expected \(Identifier.expected)",
                "e.csv:3: category: unknown category \"suspensio\", expected scheduled_maintenance, "
                    + "emergency_maintenance, suspension, customer_misconfiguration, force_majeure, third_party; "
                    + "did you mean suspension?",
                "e.csv:4: scope: unknown service \"wbe\", expected one of the configuration's; "
                    + "did you mean service:web?",
                "e.csv:4: scope: unknown group \"rack-4\", expected one of the configuration's; "
                    + "did you mean group:rack-3?",
                "e.csv:4: scope: found \"nobody\", expected \(terms)",
                "e.csv:5: scope: found nothing, expected \(terms)",
                "e.csv:5: to: the end is not after the beginning, expected an instant later than `from`",
                "e.csv:6: from: found nothing, expected \(InstantText.expected)",
                "e.csv:6: to: found \"x\", expected \(InstantText.expected)",
                "e.csv:7: notice_at: found \"soon\", expected \(InstantText.expected)",
                "e.csv:9: id: \"E7\" is recorded on line 8 already",
                "e.csv:10: 4 fields, expected 10",
            ])
    }
}
