import Foundation
import SLA
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
            let early = try run(
                delivered + ["--at", "2026-01-01T00:00:00Z", "--evidence", "https://social.example/p/1"] + config)
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

    /// What would end a line, steer a terminal or hide, and how it is shown.
    private static let control = "\n\r\r\n\t\u{B}\u{C}\u{1B}\u{7F}\u{85}\u{9B}\u{2028}\u{2029}\u{202E}"
    private static let shown = control.unicodeScalars.map { "\\u{\(String($0.value, radix: 16))}" }.joined()

    /// Where a command quotes an argument that it refuses: `@` is what would break its line.
    private static let refused = [
        "void add --scope all --evidence x --reason a@b --from 1790787600000 --to 1790787660000",
        "downtime add --scope all --evidence x --reason a@b --from 1790787600000 --to 1790787660000",
        "exclusion add --category third_party --scope service:a@b --from 1790787600000 --to 1790787660000",
        "exclusion add --category third_party --scope all --id a@b --from 1790787600000 --to 1790787660000",
        "exclusion revoke a@b --reason x", "compensation negotiate a@b --month 2026-10 --amount 1 --reason x",
        "compensation negotiate acme-web --month 2026-10 --amount 1@2 --reason x",
        "suspension unlock a@b", "terms withdraw a@b --from 1790787600000 --to 1790787660000 --reason x",
        "incident open --scope all --cause x --by a@b", "incident ack a@b", "incident list --customer a@b",
        "maintenance plan --kind scheduled --scope all --reason a@b --from 4070908800000 --to 4070912400000",
        "maintenance show a@b", "status a@b", "explain a@b --month 2026-10", "verify --seal a@b",
        "import --samples /no/a@b", "report --month 2026-10 --output /no/a@b", "status --config /no/a@b",
        "probe x://a@b",
    ]

    @Test func whatAnArgumentHoldsBreaksNoLine() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            #expect(try run(["incident", "open", "--scope", "all", "--cause", "x"] + config).status == 0)
            for line in Self.refused {
                let words = line.split(separator: " ").map { String($0).replacing("@", with: Self.control) }
                let outcome = try run(words.contains("--config") ? words : words + config)
                #expect(![0, 64].contains(outcome.status) || line.hasPrefix("probe"), "\(line): \(outcome.errors)")
                Self.expectOneLine(outcome, line)
            }
        }
    }

    /// The parser of the command line has lines of its own; what it quotes stands on one.
    @Test func whatBadUsageHoldsBreaksNoLine() throws {
        for words in [
            ["fro@b"], ["status", "--fro@b"], ["report", "--month", "2026@10"], ["status", "--format=te@t"],
        ] {
            let outcome = try run(words.map { $0.replacing("@", with: Self.control) })
            let harmless = try run(words.map { $0.replacing("@", with: Self.shown) })
            #expect(outcome.status == 64 && outcome.errors == harmless.errors && outcome.errors.contains(Self.shown))
        }
    }

    /// What is recorded as it was written is said of on one line.
    @Test func whatIsRemarkedOfAReceiptIsOneLine() throws {
        try inFolder { folder in
            let config = ["--config", folder + "/availd.yaml"]
            #expect(
                try run(["incident", "open", "--scope", "all", "--cause", "a\nb\u{2028}c"] + config).output == "I1\n")
            let incident = try run(["incident", "show", "I1"] + config)
            #expect(incident.output.hasPrefix("I1 open: a\\u{a}b\\u{2028}c\n"), "\(incident.output)")
        }
    }

    /// A value that a YAML file holds; `@` is what would break a line, as an escape of YAML.
    @Test func whatAYAMLValueHoldsBreaksNoLine() throws {
        let escaped = Self.control.unicodeScalars.map {
            let digits = String($0.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
        try inFolder { folder in
            let path = folder + "/availd.yaml"
            let valid = try String(contentsOfFile: path, encoding: .utf8)
            for (old, new) in [
                ("Asia/Ho_Chi_Minh", "\"UT@C\""), ("{id: acme}", "{id: \"ac@me\"}"),
                ("{id: acme}", "{id: acme, \"na@me\": x}"),
                ("customer: acme", "customer: \"ac@me\""), ("127.0.0.0/8", "\"127@\""), ("2026-01-01", "\"2026@\""),
                ("\"http://127.0.0.1:1/\"", "\"http://a@b/\""), ("\"http://127.0.0.1:1/\"", "\"x@://b/\""),
            ] {
                let yaml = valid.replacing(old, with: new.replacing("@", with: escaped))
                try yaml.write(toFile: path, atomically: true, encoding: .utf8)
                let outcome = try run(["check-config", "--config", path])
                #expect(outcome.status == 78, "\(new): \(outcome.errors)")
                Self.expectLines(outcome, new)
            }
        }
    }

    /// A field that a CSV file holds, in quotes; `@` is what would break a line.
    @Test func whatACSVFieldHoldsBreaksNoLine() throws {
        try inFolder { folder in
            let file = folder + "/file.csv"
            for (arguments, text) in [
                (["import", "--samples", file], "at,service,state\n\"1@2\",acme-web,up\n"),
                (["import", "--samples", file], "at,service,state\n1790787600000,\"a@b\",up\n"),
                (["import", "--samples", file], "at,service,state\n1790787600000,acme-web,\"u@p\"\n"),
                (["import", "--samples", file], "at,service,\"sta@te\"\n1790787600000,acme-web,up\n"),
                (["import", "--exclusions", file], "id,category,scope,from,to\n\"X@\",\"t@p\",\"a@\",\"1@\",\"2@\"\n"),
                (["terms", "import", file], "service,from,to\n\"a@b\",\"2026@\",\"x@\"\n"),
            ] {
                try text.replacing("@", with: Self.control).write(toFile: file, atomically: true, encoding: .utf8)
                let outcome = try run(arguments + ["--config", folder + "/availd.yaml"])
                #expect(outcome.status == 65, "\(text): \(outcome.errors)")
                Self.expectLines(outcome, text)
            }
        }
    }

    private static func expectOneLine(_ outcome: Outcome, _ what: String) {
        expectLines(outcome, what)
        #expect(outcome.errors.unicodeScalars.count { $0 == "\n" } == 1, "\(what): \(outcome.errors)")
    }

    /// Every line of the errors is one of the program's, and nothing in it breaks one.
    private static func expectLines(_ outcome: Outcome, _ what: String) {
        let lines = outcome.errors.unicodeScalars.split(separator: "\n").map(String.init)
        #expect(outcome.errors.hasSuffix("\n") && lines.allSatisfy { $0.hasPrefix("availd: ") }, "\(what): \(lines)")
        #expect(lines.allSatisfy { $0 == $0.onOneLine } && outcome.errors.contains(shown), "\(what): \(lines)")
    }
}
