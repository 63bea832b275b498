import Foundation
import Testing

extension CommandTests {
    @Test(arguments: [
        "incident", "incident list", "incident show", "incident open", "incident ack", "incident classify",
        "incident wait", "incident resume", "incident resolve", "incident note",
    ])
    func theHelpOfIncidentsIsAsItWas(_ command: String) throws { try theHelpIsAsItWas(command) }

    @Test func anIncidentIsFollowedFromItsOpeningToItsEnd() throws {
        try inFolder { folder in
            func incident(_ arguments: String...) throws -> Outcome {
                try run(["incident"] + arguments + ["--config", folder + "/availd.yaml"])
            }
            #expect(try incident("ack", "I1").status == 66)
            #expect(!FileManager.default.fileExists(atPath: folder + "/state"))
            let opened = try incident(
                "open", "--scope", "customer:acme", "--cause", "wrong totals", "--at", "2026-10-05T10:00:00+07:00",
                "--by", "lan")
            #expect(opened.output == "I1\n")
            #expect(try incident("list").output.contains("I1  2026-10-05T10:00:00+07:00  open "))
            #expect(try incident("ack", "I1", "--at", "2026-10-05T11:00:00+07:00").status == 0)
            #expect(try incident("wait", "I1", "--reason", "log", "--at", "2026-10-05T12:00:00+07:00").status == 0)
            #expect(try incident("resume", "I1", "--at", "2026-10-05T18:00:00+07:00").status == 0)
            #expect(try incident("classify", "I1", "upkeep").status == 0)
            #expect(try incident("resolve", "I1", "--at", "2026-10-06T16:00:00+07:00", "--by", "an").status == 0)
            #expect(try incident("note", "I1", "--text", "billed").status == 0)
            let again = try incident("resolve", "I1", "--at", "2026-10-06T16:00:00+07:00")
            #expect(again.status == 65)
            #expect(again.errors.contains("it is resolved already, at 2026-10-06T16:00:00+07:00 by an"))
            #expect(try incident("list").output.split(separator: "\n").count == 1)

            let show = try incident("show", "I1")
            #expect(show.status == 0)
            #expect(show.output.contains("deadline:       2026-10-06T16:00:00+07:00"))
            #expect(show.output.contains("upkeep, clauses M1, M2"))
            #expect(show.output.contains("6 h: log"))
            #expect(try incident("show", "I1", "--as-of", "2026-10-07T00:00:00+07:00").status == 65)
            let report = try run([
                "report", "--month", "2026-10", "--incidents", "--customer", "acme", "--config",
                folder + "/availd.yaml",
            ])
            let row = report.output.split(separator: "\r\n").last.map(String.init) ?? ""
            #expect(
                row.hasPrefix(
                    "I1,2026-10-05T10:00:00+07:00,hand,acme-web,acme,upkeep,\"M1, M2\",no,2026-10-05T11:00:00+07:00,,"
                        + "2026-10-06T16:00:00+07:00,resolved,2026-10-06T16:00:00+07:00,21600.000,86400.000,86400.000,"
                        + "yes,"))
            let september = ["report", "--month", "2026-09", "--incidents", "--config", folder + "/availd.yaml"]
            #expect(try run(september).output.split(separator: "\r\n").count == 1)
        }
    }

    @Test func whatAnIncidentCannotTakeIsRefusedWithEveryReason() throws {
        try inFolder { folder in
            func incident(_ arguments: String...) throws -> Outcome {
                try run(["incident"] + arguments + ["--config", folder + "/availd.yaml"])
            }
            let opened = try incident(
                "open", "--scope", "service:acme-wbe", "--cause", " ", "--at", "2999-01-01T00:00:00Z", "--class",
                "out_of_scope", "--by", "")
            #expect(opened.status == 65)
            #expect(opened.errors.split(separator: "\n").count == 5)
            #expect(opened.errors.contains("did you mean service:acme-web?"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/state"))

            #expect(try incident("open", "--scope", "all", "--cause", "x").status == 0)
            let early = try incident("ack", "I1", "--at", "2020-01-01T00:00:00Z")
            #expect(early.status == 65)
            #expect(early.errors.contains("that is before the step before it"))
            #expect(try incident("classify", "I1", "out_of_scope").errors.contains("the condition of W2"))
            #expect(
                try incident("wait", "I1", "--reason", " ").errors.contains("the data that the customer has to give"))
            #expect(try incident("resume", "I1").errors.contains("it does not wait"))
            #expect(try incident("ack", "I2").errors.contains("there is no incident I2; the last one is I1"))
            #expect(try incident("wait", "I1").status == 64)
            #expect(try incident("resolve", "I1", "--irrecoverable").status == 64)
            #expect(try incident("resolve", "I1", "--advice", "x").status == 64)
            #expect(try incident("list", "--customer", "acm").errors.contains("did you mean acme?"))
            #expect(try incident("list", "--customer", "acm").status == 65)
            #expect(try incident("resolve", "I1", "--irrecoverable", "--advice", "restore").status == 0)
            let list = try incident("list", "--all", "--format", "json")
            #expect(list.output.contains("\"outcome\" : \"irrecoverable\""))
        }
    }
}
