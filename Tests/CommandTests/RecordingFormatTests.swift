import Foundation
import Testing

/// What a recording command says, for people and for programs.
extension CommandTests {
    /// A month's work, each command once: what it prints is an object that says what it is.
    @Test func whatWasRecordedIsAnObjectForPrograms() throws {
        try inFolder { folder in
            func object(_ command: String, _ words: String...) throws -> [String: Any] {
                let outcome = try run(
                    command.split(separator: " ").map(String.init) + words
                        + ["--format", "json", "--by", "lan", "--config", folder + "/availd.yaml"])
                #expect(outcome.status == 0, "\(command): \(outcome.errors)")
                return try #require(
                    try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any], "\(command)")
            }
            let exclusion = try object(
                "exclusion add --category third_party --scope all --from 2026-10-01T00:00:00Z --to "
                    + "2026-10-02T00:00:00Z --evidence letter")
            #expect(exclusion["schema"] as? String == "availd/exclusion/1" && exclusion["id"] as? String == "E1")
            let lock = try object("suspension lock acme-web --breach spam --evidence letter")
            #expect(lock["act"] as? String == "lock" && lock["open"] as? Bool == true)
            let commands: [(command: String, schema: String, id: String?)] = [
                ("suspension unlock E2", "exclusion", "E3"),
                ("exclusion revoke E1 --reason wrong", "exclusion_revocation", "E1"),
                (
                    "terms withdraw acme-web --from 2026-10-01T00:00:00Z --to 2026-10-02T00:00:00Z --reason unpaid",
                    "paid_withdrawal", "W1"
                ),
                ("terms reinstate W1 --reason paid", "paid_reinstatement", "W1"),
                ("incident open --scope all --cause water", "incident", "I1"),
                ("incident ack I1", "incident", "I1"),
                (
                    "maintenance plan --kind scheduled --scope all --reason disks --from 2099-01-04T02:00:00Z --to "
                        + "2099-01-04T04:00:00Z", "maintenance_plan", "M1"
                ),
                ("maintenance extend M1 --until 2099-01-04T05:00:00Z --reason slow", "maintenance_extension", "M1.x1"),
                ("maintenance delivered M1 --channel fan_page", "notice_deliveries", nil),
                ("maintenance announce M1 --dry-run", "maintenance_announcement_preview", "M1"),
                ("maintenance announce M1", "maintenance_announcement", "M1"),
                ("maintenance cancel M1 --reason no", "maintenance_cancellation", "M1"),
            ]
            for (command, schema, id) in commands {
                let recorded = try object(command)
                #expect(recorded["schema"] as? String == "availd/\(schema)/1", "\(command)")
                #expect(recorded["id"] as? String == id, "\(command)")
            }
        }
    }

    /// Scripts that were written for the names that --by had first go on to work.
    @Test func whoRecordsMayBeSaidByTheFormerNames() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let add = [
                "exclusion", "add", "--category", "third_party", "--scope", "all", "--from", "0", "--to", "1",
                "--evidence", "x",
            ]
            #expect(try run(add + ["--recorded-by", "lan"] + config).output == "E1\n")
            #expect(try run(["exclusion", "revoke", "E1", "--reason", "x", "--revoked-by", "an"] + config).status == 0)
            let list = try run(["exclusion", "list", "--format", "json"] + config).output
            #expect(list.contains("\"recorded_by\" : \"lan\"") && list.contains("\"revoked_by\" : \"an\""))
        }
    }
}
