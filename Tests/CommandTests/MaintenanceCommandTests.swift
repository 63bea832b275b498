import Foundation
import Testing

/// Maintenance at the command line.
extension CommandTests {
    /// From the plan to the exclusion, and back to the plan's end, each command once.
    @Test func maintenanceIsPlannedAnnouncedAndExcluded() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            func maintenance(_ arguments: String...) throws -> Outcome { try run(["maintenance"] + arguments + config) }
            // Far enough ahead that no Sunday is too near, whatever today is.
            let first = Date(timeIntervalSinceNow: 4 * 86_400).formatted(.iso8601.year().month().day())
            let series = ["--kind", "scheduled", "--scope", "all", "--reason", "updates", "--by", "lan"]
            let plan = try run(
                ["maintenance", "plan"] + series + [
                    "--every", "sunday", "--from", "02:00", "--to", "04:00", "--first", "\(first)", "--count", "9",
                ]
                    + config)
            #expect(plan.status == 0 && plan.output == "M1\n")
            #expect(plan.errors.split(separator: "\n").count == 5)
            let hour = Int64(Date().timeIntervalSince1970 * 1000) + 1_800_000
            let late = try run(
                ["maintenance", "plan"] + series + ["--from", "\(hour)", "--to", "\(hour + 3_600_000)"] + config)
            #expect(late.output == "M2\n")
            #expect(late.errors.contains("clause 6.1 asks for notice 24 h before"))
            // No mail server is configured: the public files are written, and the rest is named.
            let announced = try maintenance("announce", "M1", "--by", "lan")
            #expect(announced.status == 0 && announced.output == "announced M1\n")
            #expect(announced.errors.contains("by hand: email to acme, no mail server is configured"))
            let feed = try String(contentsOfFile: folder + "/state/notices/notices.json", encoding: .utf8)
            #expect(feed.contains("M1.") && !feed.contains("M2.") && !feed.contains("acme"))
            #expect(try maintenance("list").output.contains("announce before "))
            #expect(try maintenance("delivered", "M1", "--channel", "fan_page").status == 0)
            #expect(try maintenance("delivered", "M1", "--channel", "email", "--customer", "acme").status == 0)
            let list = try maintenance("list", "--format", "json").output
            // Each window of a series needs a notice of its own time.
            #expect(list.contains("at most 48 h for a recurring window"))
            #expect(list.contains("not admitted: no notice recorded"))
            #expect(try maintenance("show", "M1").output.contains("everyone  fan_page"))
            let extended = try maintenance("extend", "M2", "--until", "\(hour + 7_200_000)", "--reason", "slow")
            #expect(extended.output == "M2.x1\n" && extended.errors.contains("will not be admitted"))
            #expect(try maintenance("cancel", "M1", "--reason", "no").status == 0)
            #expect(try maintenance("cancel", "M1", "--reason", "no").status == 65)
            #expect(try maintenance("announce", "M1").status == 65)
            let exclusions = try run(["exclusion", "list", "--format", "csv"] + config).output
            #expect(
                exclusions.contains("M2.") && exclusions.contains(".x1.acme,scheduled_maintenance,service:acme-web"))
            // Nobody is VIP: nobody is called.
            #expect(try maintenance("calls", "M2", "--format", "csv").output.split(separator: "\r\n").count == 1)
        }
    }

    @Test func maintenanceThatCannotBeIsRefusedWithEveryReason() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let outcome = try run(
                [
                    "maintenance", "plan", "--kind", "scheduled", "--scope", "service:acme-wbe", "--reason", " ",
                    "--every",
                    "lst sunday", "--from", "02:00", "--to", "2:00", "--first", "2020-01-01", "--count", "0",
                ] + config)
            #expect(outcome.status == 65)
            #expect(outcome.errors.split(separator: "\n").count == 6)
            #expect(outcome.errors.contains("did you mean service:acme-web?"))
            let past = try run(
                [
                    "maintenance", "plan", "--kind", "emergency", "--scope", "all", "--reason", "r", "--from",
                    "2026-01-01T00:00:00Z", "--to", "2026-01-01T01:00:00Z", "--last", "2026-01-02",
                ] + config)
            #expect(past.status == 65 && past.errors.contains("the window is over"))
            #expect(past.errors.contains("--last: is of windows that recur"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/state"))
            #expect(try run(["maintenance", "show", "M1"] + config).status == 66)
        }
    }
}
