import Foundation
import Testing

/// The program as it is run: its standard output, standard error and exit status.
@Suite struct CommandTests {
    typealias Outcome = BuiltProgram.Outcome

    func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        try BuiltProgram.run(arguments, environment: environment)
    }

    /// A folder with a configuration, gone when the test is over.
    func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "availd-command-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let yaml = """
            agreement: {timezone: Asia/Ho_Chi_Minh}
            customers: [{id: acme}]
            services: [{id: acme-web, customer: acme, paid: [{from: 2026-01-01}], url: "http://127.0.0.1:1/"}]
            probing: {allow_addresses: [127.0.0.0/8]}
            state_directory: \(folder.path)/state
            """
        try yaml.write(toFile: folder.path + "/availd.yaml", atomically: true, encoding: .utf8)
        try body(folder.path)
    }

    @Test(arguments: [
        "", "run", "check-config", "probe", "status", "report", "explain", "export", "replay",
        "rules", "rules list", "rules correct", "exclusion", "exclusion add",
        "exclusion list", "exclusion revoke", "exclusion suggest", "import", "import history", "import list",
        "suspension", "suspension list", "suspension lock", "suspension terminate", "suspension unlock", "terms",
        "terms import",
        "terms list", "terms withdraw", "terms reinstate", "compensation", "compensation list",
        "compensation negotiate", "compensation withdraw", "compensation accept", "compensation records", "claim",
        "claim open", "claim answer", "claim settle", "claim list",
        "void", "void add", "void list", "void revoke", "downtime", "downtime add", "downtime list", "downtime revoke",
        "close", "statement", "statement list", "statement show", "statement print", "verify",
        "maintenance", "maintenance plan", "maintenance list", "maintenance show", "maintenance announce",
        "maintenance delivered", "maintenance calls", "maintenance cancel", "maintenance extend",
    ])
    func theHelpIsAsItWas(_ command: String) throws {
        let outcome = try run(command.split(separator: " ").map(String.init) + ["--help"])
        #expect(outcome.status == 0)
        let name = command.isEmpty ? "availd" : command.replacing(" ", with: "-")
        try BuiltProgram.expectGolden(outcome.output, name)
    }

    @Test(arguments: [["frobnicate"], ["report", "--month", "2026-13"], ["status", "--frob"], ["replay"]])
    func badUsageIs64(_ arguments: [String]) throws {
        let outcome = try run(arguments)
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("Usage:"))
    }

    @Test func aReplayGivesTheReport() throws {
        try inFolder { folder in
            // 24 h of one sample a minute from midnight of the 1st, the first hour of them down.
            let start: Int64 = 1_790_787_600_000
            var samples = "at,service,state\n"
            for minute in 0..<1440 {
                samples += "\(start + Int64(minute) * 60_000),acme-web,\(minute < 60 ? "down" : "up")\n"
            }
            try samples.write(toFile: folder + "/s.csv", atomically: true, encoding: .utf8)
            let outcome = try run([
                "replay", "--config", folder + "/availd.yaml", "--samples", folder + "/s.csv", "--month", "2026-10",
                "--as-of", "2026-10-02T00:00:00+07:00",
            ])
            #expect(outcome.status == 0)
            #expect(outcome.errors.isEmpty)
            let row = outcome.output.split(separator: "\r\n").last.map(String.init)
            #expect(
                row == "2026-10,acme,acme-web,99,95.8333,95.8333,95.9027,breached,certain,86400.000,82800.000,"
                    + "3600.000,0.000,0.000,0.000,0.000,0.000,0.000,0.000,0.000,1,0,3600.000,,,,"
                    + "2026-10-02T00:00:00+07:00")
        }
    }

    @Test func badDataIs65AndPrintsNoReport() throws {
        try inFolder { folder in
            try "at,service,state\nx,acme-web,up\n".write(
                toFile: folder + "/s.csv", atomically: true, encoding: .utf8)
            try "id\n".write(toFile: folder + "/e.csv", atomically: true, encoding: .utf8)
            let outcome = try run([
                "replay", "--config", folder + "/availd.yaml", "--samples", folder + "/s.csv", "--exclusions",
                folder + "/e.csv", "--month", "2026-10", "--output", folder + "/out.csv",
            ])
            #expect(outcome.status == 65)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains("s.csv:2: at:"))
            #expect(outcome.errors.contains("e.csv:1: category:"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/out.csv"))
        }
    }

    @Test func theExampleConfigurationIsRight() throws {
        let example = URL(fileURLWithPath: #filePath).appending(path: "../../../examples/availd.yaml").standardized.path
        let outcome = try run(["check-config", "--config", example])
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.output.contains("2 with 3 checks"))
    }

    @Test func eachFailureHasItsStatus() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            func status(_ arguments: [String]) throws -> Int32 { try run(arguments + config).status }
            #expect(try run(["status", "--config", folder + "/none.yaml"]).status == 66)
            #expect(try status(["status"]) == 66)
            #expect(try status(["status", "acme-wbe"]) == 65)
            #expect(try status(["replay", "--samples", folder + "/none.csv", "--month", "2026-10"]) == 66)
            #expect(try status(["probe", "acme-web"]) == 1)
            #expect(try status(["check-config"]) == 0)
            try "services: 1\n".write(toFile: folder + "/bad.yaml", atomically: true, encoding: .utf8)
            #expect(try run(["check-config", "--config", folder + "/bad.yaml"]).status == 78)
        }
    }

    @Test func anExclusionIsRecordedListedAndRevokedOnce() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let add = [
                "exclusion", "add", "--category", "third_party", "--scope", "service:acme-web", "--from",
                "2026-10-05T09:00:00+07:00", "--to", "2026-10-05T09:40:00+07:00", "--evidence", "ticket 4711", "--by",
                "lan",
            ]
            #expect(try run(add + config).output == "E1\n")
            #expect(try run(add + config).output == "E2\n")
            let taken = try run(add + ["--id", "E1"] + config)
            #expect(taken.status == 65)
            #expect(taken.errors.contains("exclusion E1 exists"))
            let revoke = ["exclusion", "revoke", "E1", "--reason", "not true"]
            #expect(try run(revoke + config).status == 0)
            #expect(try run(revoke + config).status == 65)
            let list = try run(["exclusion", "list", "--format", "csv"] + config)
            #expect(list.status == 0)
            #expect(list.output.split(separator: "\r\n").count == 3)
        }
    }

    @Test func anExplanationOfOneInstantIsAParagraph() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let add = [
                "exclusion", "add", "--category", "suspension", "--scope", "service:acme-web", "--from",
                "2026-10-05T09:00:00+07:00", "--to", "2026-10-05T09:40:00+07:00", "--evidence", "ticket 4711",
            ]
            #expect(try run(add + config).status == 0)
            func explain(_ at: String, _ more: [String] = []) throws -> Outcome {
                try run(["explain", "acme-web", "--month", "2026-10", "--at", at] + more + config)
            }
            let excluded = try explain("2026-10-05T09:10:00+07:00")
            #expect(excluded.status == 0)
            #expect(
                excluded.output
                    == "At 2026-10-05T09:10:00+07:00, acme-web counts as excluded: suspension, clause 3.2, by E1. The span "
                    + "is 2026-10-05T09:00:00+07:00 to 2026-10-05T09:40:00+07:00, 40 min. Check default: no sample at or "
                    + "before its beginning, and none is known at or after its end.\n")
            let json = try explain("2026-10-05T10:00:00+07:00", ["--format", "json"])
            #expect(json.output.contains("\"gap\" : \"no_sample\""))
            let outside = try explain("2026-11-05T09:10:00+07:00")
            #expect(outside.status == 65)
            #expect(outside.output.isEmpty)
            #expect(outside.errors.contains("--at: lies outside of 2026-10"))
            let unknown = try explain("2026-10-05T09:10:00+07:00", ["--as-of", "2026-10-05T09:10:00+07:00"])
            #expect(unknown.status == 65)
            #expect(unknown.errors.contains("--at: nothing is known of it as of 2026-10-05T09:10:00+07:00"))
        }
    }

    /// What nobody can take ends with a status, not with a trap.
    @Test func anOutputThatIsFullIs74() throws {
        try inFolder { folder in
            let script = "\"$0\" check-config --config \(folder)/availd.yaml > /dev/full"
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", script, BuiltProgram.program.path]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 74)
        }
    }

    @Test func aShortNameOfAnOutputIsAFileInThisFolder() throws {
        try inFolder { folder in
            try "at,service,state\n".write(toFile: folder + "/s.csv", atomically: true, encoding: .utf8)
            let process = Process()
            process.executableURL = BuiltProgram.program
            process.currentDirectoryURL = URL(fileURLWithPath: folder)
            process.arguments = [
                "replay", "--config", "availd.yaml", "--samples", "s.csv", "--month", "2026-10", "--output", "o",
            ]
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            #expect(FileManager.default.fileExists(atPath: folder + "/o"))
        }
    }

    @Test func anExclusionThatCannotBeIsRefusedWithEveryReason() throws {
        try inFolder { folder in
            let outcome = try run([
                "exclusion", "add", "--category", "suspension", "--scope", "service:acme-wbe", "--from",
                "2026-10-05T09:00:00+07:00", "--to", "2026-10-05T09:00:00+07:00", "--notice-at",
                "2999-01-01T00:00:00Z", "--id", "a b", "--config", folder + "/availd.yaml",
            ])
            #expect(outcome.status == 65)
            #expect(outcome.errors.split(separator: "\n").count == 4)
            #expect(outcome.errors.contains("did you mean service:acme-web?"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/state"))
        }
    }

    /// Who recorded something is evidence: nobody is refused, by every command that records, before it writes.
    @Test(arguments: [
        "exclusion add --category suspension --scope all --from 1790787600000 --to 1790787660000 --evidence x",
        "exclusion revoke E1 --reason x",
        "suspension lock acme-web --breach x --evidence x", "suspension unlock acme-web",
        "terms import none.csv", "terms withdraw acme-web --from 1790787600000 --to 1790787660000 --reason x",
        "terms reinstate W1 --reason x",
        "import --samples none.csv", "close --month 2020-10", "maintenance announce M1",
        "maintenance plan --kind emergency --scope all --reason x --from 1790787600000 --to 4000000000000",
        "maintenance cancel M1 --reason x", "maintenance extend M1 --until 1790787660000 --reason x",
        "incident open --scope all --cause x", "incident ack I1",
    ])
    func whoRecordsSomethingHasAName(_ command: String) throws {
        try inFolder { folder in
            let words = command.split(separator: " ").map(String.init)
            let outcome = try run(words + ["--by", " ", "--config", folder + "/availd.yaml"])
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("--by: found nothing, expected a name"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/state"))
        }
    }

    /// What can be in no ledger makes none: it would belong to whoever asked, and not to the daemon.
    @Test(arguments: [
        "exclusion revoke E1 --reason x", "suspension unlock acme-web", "terms reinstate W1 --reason x",
        "compensation withdraw acme-web --month 2026-10 --reason x", "maintenance announce M1",
        "maintenance delivered M1 --channel website", "maintenance cancel M1 --reason x",
        "maintenance extend M1 --until 1790787660000 --reason x", "incident ack I1",
    ])
    func whatIsNotThereIsNotMadeByAskingForIt(_ command: String) throws {
        try inFolder { folder in
            let outcome = try run(
                command.split(separator: " ").map(String.init) + ["--config", folder + "/availd.yaml"])
            #expect(outcome.status == 66)
            #expect(outcome.errors.contains("there is no ledger"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/state"))
        }
    }
}
