import Foundation
import Testing

/// What people mistype, and what others would like them to record: refused, with nothing written, or shown harmlessly.
extension CommandTests {
    private static let window = ["--from", "2099-01-05T02:00:00Z", "--to", "2099-01-05T04:00:00Z"]

    @Test(arguments: [
        (
            ["--every", "sunday", "--from", "02:00", "--to", "03:00", "--first", "9999-12-20", "--count", "1000"],
            "--count: there are no 1000 such days"
        ),
        (
            ["--every", "sunday", "--from", "02:00", "--to", "03:00", "--first", "2099-01-05", "--last", "2099-01-06"],
            "--every: no window comes of it"
        ),
        (["--from", "2099-01-05T02:00:00Z", "--to", "2100-01-05T04:00:00Z"], "--to: the window is longer than 31 d"),
        (Self.window + ["--by", " "], "--by: found nothing, expected a name"),
        (Self.window + ["--by", "lan\u{1B}[1m"], "--by: found \"lan\\u{1b}[1m\", expected one line"),
        (Self.window + ["--reason", "disks\r\nBcc: x@y"], "--reason: found \"disks\\u{d}\\u{a}Bcc: x@y\""),
    ])
    func maintenanceThatCannotBeIsNotPlanned(_ arguments: [String], _ message: String) throws {
        try inFolder { folder in
            let reason = arguments.contains("--reason") ? [] : ["--reason", "disks"]
            let outcome = try run(
                ["maintenance", "plan", "--kind", "scheduled", "--scope", "all", "--config", folder + "/availd.yaml"]
                    + reason + arguments)
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains(message), "\(outcome.errors)")
            #expect(!FileManager.default.fileExists(atPath: folder + "/state"))
        }
    }

    @Test func aWindowIsNotExtendedByAMistakenYear() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            let plan = ["maintenance", "plan", "--kind", "scheduled", "--scope", "all", "--reason", "disks"]
            #expect(try run(plan + Self.window + config).output == "M1\n")
            let extend = ["maintenance", "extend", "M1", "--reason", "slow", "--until"]
            let year = try run(extend + ["2100-01-05T05:00:00Z"] + config)
            #expect(year.status == 65 && year.errors.contains("would be longer than 31 d"))
            #expect(try run(extend + ["2099-01-05T05:00:00Z"] + config).output == "M1.x1\n")
            // What was done before the plan was here is taken, and not unseen.
            let delivered = ["maintenance", "delivered", "M1", "--channel", "fan_page"]
            let early = try run(delivered + ["--at", "2026-01-01T00:00:00Z"] + config)
            #expect(early.status == 0 && early.errors.contains("that was before M1 was recorded here"))
            #expect(try run(delivered + config).errors == "availd: recorded fan_page for M1\n")
            let revoke = try run(["exclusion", "revoke", "M1.2099-01-05.acme", "--reason", "x"] + config)
            #expect(revoke.status == 65 && revoke.errors.contains("availd maintenance cancel"))
        }
    }

    /// A single window of a series is meant by its day, however far that lies ahead.
    @Test func aWindowYearsAheadIsExtendedAnnouncedAndCancelled() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            func maintenance(_ arguments: String...) throws -> Outcome { try run(["maintenance"] + arguments + config) }
            let plan = ["maintenance", "plan", "--kind", "scheduled", "--scope", "all", "--reason", "disks"]
            let every = ["--every", "sunday", "--from", "02:00", "--to", "04:00"]
            let planned = try run(plan + every + config)
            #expect(planned.output == "M1\n")
            let until = "2099-01-04T05:00:00+07:00"
            #expect(try maintenance("extend", "M1.2099-01-04", "--until", until, "--reason", "x").output == "M1.x1\n")
            #expect(try maintenance("announce", "M1.x1").output == "announced M1.x1\n")
            #expect(try maintenance("announce", "M1.2099-01-04").output == "announced M1.2099-01-04\n")
            #expect(try maintenance("cancel", "M1.2099-01-04", "--reason", "x").status == 0)
            #expect(try maintenance("cancel", "M1.2099-01-04", "--reason", "x").status == 65)
            #expect(try maintenance("announce", "M1.2099-01-04").status == 65)
        }
    }

    @Test(arguments: [
        ["maintenance", "announce", "M1"], ["maintenance", "delivered", "M1", "--channel", "fan_page"],
        ["maintenance", "cancel", "M1", "--reason", "x"],
        ["maintenance", "extend", "M1", "--until", "2099-01-01T00:00:00Z", "--reason", "x"],
        ["exclusion", "revoke", "E1", "--reason", "x"], ["suspension", "unlock", "acme-web"],
        ["incident", "resolve", "I1"],
    ])
    func askingForWhatIsNotThereMakesNoLedger(_ arguments: [String]) throws {
        try inFolder { folder in
            let outcome = try run(arguments + ["--config", folder + "/availd.yaml"])
            #expect(outcome.status == 66)
            #expect(!FileManager.default.fileExists(atPath: folder + "/state"))
        }
    }

    /// The e-mails do not depend on the files, nor does what is recorded.
    @Test func aFolderThatCannotBeMadeIsNamed() throws {
        try inFolder { folder in
            let path = folder + "/availd.yaml"
            let yaml = try String(contentsOfFile: path, encoding: .utf8) + "\nnotices: {directory: /proc/no/such}\n"
            try yaml.write(toFile: path, atomically: true, encoding: .utf8)
            let config = ["--config", path]
            let plan = ["maintenance", "plan", "--kind", "scheduled", "--scope", "all", "--reason", "disks"]
            #expect(try run(plan + Self.window + config).status == 0)
            let announced = try run(["maintenance", "announce", "M1"] + config)
            #expect(announced.status == 69)
            #expect(
                announced.errors.contains("deferred: /proc/no/such: cannot be written: No such file or directory\n"))
            let cancelled = try run(["maintenance", "cancel", "M1", "--reason", "no"] + config)
            #expect(cancelled.status == 73 && cancelled.errors.hasPrefix("availd: cancelled M1\n"))
            #expect(try run(["maintenance", "list"] + config).output.contains("cancelled: no"))
        }
    }

    @Test func whatIsQuotedSteersNoTerminal() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            #expect(try run(["incident", "open", "--scope", "all", "--cause", "x"] + config).status == 0)
            for arguments in [
                ["incident", "ack", "I1\u{1B}[31m"], ["incident", "ack", "I1", "--by", "lan\u{1B}[1m"],
                ["exclusion", "revoke", "E1\u{1B}[31m", "--reason", "x"],
            ] {
                let outcome = try run(arguments + config)
                #expect(outcome.status == 65)
                #expect(outcome.errors.contains("\\u{1b}["))
                #expect(!outcome.errors.unicodeScalars.contains("\u{1B}"))
            }
            // Of a month that has not begun, nothing is known.
            let future = try run(["report", "--incidents", "--month", "2099-01"] + config)
            #expect(future.status == 0 && future.output.split(separator: "\r\n").count == 1)
        }
    }
}
