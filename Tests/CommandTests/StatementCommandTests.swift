import Foundation
import Ledger
import LedgerSupport
import SLA
import Testing

/// Closing a month, reprinting it and verifying the ledger, through the program.
@Suite struct StatementCommandTests {
    /// A folder with a configuration and a ledger: October 2020 of one service in Hanoi, an hour a sample, down for
    /// six hours of the second day.
    private final class Place {
        let run: BuiltProgram
        var folder: String { run.folder }

        init() throws {
            run = try BuiltProgram()
            try configure()
            let start: Int64 = 1_601_485_200_000
            let ledger = try Ledger(directory: folder + "/state", access: .daemon)
            try ledger.commit(
                Batch(
                    observations: (-2..<(31 * 24 + 2)).map { hour in
                        Observation(
                            check: CheckID(service: "acme-web", check: "default"),
                            sample: Sample(
                                at: Instant(milliseconds: start + Int64(hour) * 3_600_000),
                                state: (30..<36).contains(hour) ? .down : .up))
                    }))
            try ledger.close()
        }

        func configure(objective: String = "99") throws {
            try run.write(
                """
                agreement: {timezone: Asia/Ho_Chi_Minh, objective: \(objective), compensation: {currency: VND, tiers: [{below: 98.5, percent: 10}]}}
                customers: [{id: acme}]
                defaults: {interval: 1h}
                services:
                  - {id: acme-web, customer: acme, price: 200000, paid: [{from: 2020-01-01}], url: "http://127.0.0.1:1/"}
                probing: {allow_addresses: [127.0.0.0/8]}
                state_directory: \(folder)/state
                """, to: "availd.yaml")
        }

        /// Runs `sql` on the ledger behind the program's back.
        func sqlite(_ sql: String) throws {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
            process.arguments = [folder + "/state/ledger.sqlite", sql]
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
    }

    /// What differs from run to run, made the same: digests, instants of today, and the place.
    private func steady(_ text: String, _ place: Place) -> String {
        text.replacing(/[0-9a-f]{64}/, with: "<sha256>").replacing(/\d+ triggers/, with: "<n> triggers")
            .replacing(/202[1-9]-[0-9-]+T[0-9:.]+(?:\+07:00|Z)/, with: "<now>").replacing(
                place.folder, with: "<folder>"
            )
    }

    @Test func aMonthIsClosedAmendedReprintedAndVerified() throws {
        let place = try Place()
        let first = try place.run("close", "--month", "2020-10", "--reason", "the year's audit")
        #expect(first.status == 0)
        #expect(first.output == "2020-10/1\n")
        #expect(first.errors.isEmpty)
        let csv = try place.run("statement", "print", "2020-10/1").output
        #expect(csv.hasPrefix("month,customer,service,"))
        #expect(csv.contains("\r\n2020-10,acme,acme-web,99,99.1935,"))

        func file(_ name: String) throws -> String {
            try String(contentsOfFile: "\(place.folder)/state/reports/\(name).csv", encoding: .utf8)
        }
        #expect(try file("2020-10") == csv)
        try FileManager.default.removeItem(atPath: place.folder + "/state/reports/2020-10.csv")

        let again = try place.run("close", "--month", "2020-10", "--output", place.folder + "/out.csv")
        #expect(again.status == 0)
        #expect(again.output == "2020-10/1\n")
        #expect(again.errors == "availd: nothing has changed since 2020-10/1, which stands\n")
        #expect(try String(contentsOfFile: place.folder + "/out.csv", encoding: .utf8) == csv)

        // What is promised from now on judges no month that is over.
        try place.configure(objective: "98.5")
        let promised = try place.run("close", "--month", "2020-10")
        #expect(promised.errors == "availd: nothing has changed since 2020-10/1, which stands\n")
        #expect(try place.run("verify").status == 0)
        _ = try place.run(
            "exclusion", "add", "--category", "suspension", "--scope", "service:acme-web", "--from",
            "2020-10-02T06:00:00+07:00", "--to", "2020-10-02T09:00:00+07:00", "--evidence", "letter 7", "--by", "mai")
        let amended = try place.run("close", "--month", "2020-10")
        #expect(amended.status == 0)
        #expect(try file("2020-10") == csv)
        #expect(try file("2020-10.2") == (try place.run("statement", "print", "2020-10/2").output))
        try BuiltProgram.expectGolden(steady(amended.output, place), "close-amendment")
        try BuiltProgram.expectGolden(
            steady(try place.run("statement", "show", "2020-10/2").output, place), "statement-show-amendment")
        // How wide an instant is depends on its fraction.
        try BuiltProgram.expectGolden(
            steady(try place.run("statement", "list").output, place).replacing(/[ ]{2,}/, with: "  "),
            "statement-list-amendment")
        #expect(try place.run("statement", "print", "2020-10/1").output == csv)
        #expect(try place.run("statement", "print", "2020-10/2").output.contains(",99.5951,"))
        #expect(try place.run("report", "--month", "2020-10").output.contains(",99.5951,"))

        let verified = try place.run("verify")
        #expect(verified.status == 0)
        #expect(verified.errors.isEmpty)
        try BuiltProgram.expectGolden(steady(verified.output, place), "verify-sound")
        #expect(try place.run("verify", "--quick").status == 0)
    }

    @Test func aFileInTheWayIsNotOverwritten() throws {
        let place = try Place()
        let path = place.folder + "/state/reports/2020-10.csv"
        try FileManager.default.createDirectory(
            atPath: place.folder + "/state/reports", withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
        let closed = try place.run("close", "--month", "2020-10")
        #expect(closed.status == 73)
        #expect(closed.output == "2020-10/1\n")
        #expect(
            closed.errors
                == "availd: error: \(path): is another file than statement 2020-10/1, and is not overwritten: "
                + "move it away, and availd close --month 2020-10 writes it anew\n")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
    }

    @Test func programsGetJSON() throws {
        let place = try Place()
        func json(_ outcome: BuiltProgram.Outcome) throws -> Any {
            #expect(outcome.status == 0)
            return try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        }
        let closed = try #require(
            try json(place.run("close", "--month", "2020-10", "--format", "json")) as? [String: Any])
        #expect(closed["id"] as? String == "2020-10/1")
        #expect(closed["written"] as? Bool == true)
        #expect((closed["closed_by"] as? String)?.isEmpty == false)
        let again = try #require(
            try json(place.run("close", "--month", "2020-10", "--format", "json")) as? [String: Any])
        #expect(again["written"] as? Bool == false)
        #expect(again["seal"] as? String == closed["seal"] as? String)
        _ = try place.run(
            "exclusion", "add", "--category", "suspension", "--scope", "service:acme-web", "--from",
            "2020-10-02T06:00:00+07:00", "--to", "2020-10-02T09:00:00+07:00", "--evidence", "letter 7", "--by", "mai")
        let amended = try #require(
            try json(place.run("close", "--month", "2020-10", "--format", "json")) as? [String: Any])
        let row = try #require((amended["rows_changed"] as? [[String: Any]])?.first)
        #expect(row["service"] as? String == "acme-web")
        #expect(row["facts"] as? [Int] == [0])
        let fact = try #require((amended["facts_changed"] as? [[String: Any]])?.first)
        #expect(fact["text"] as? String == "suspension, recorded")
        let list = try json(place.run("statement", "list", "--format", "json")) as? [String: Any]
        #expect((list?["statements"] as? [[String: Any]])?.count == 2)
        let shown = try #require(
            try json(place.run("statement", "show", "2020-10/2", "--format", "json")) as? [String: Any])
        #expect(shown["amends"] as? String == "2020-10/1")
        let verified = try #require(try json(place.run("verify", "--format", "json")) as? [String: Any])
        #expect(verified["sound"] as? Bool == true)
        #expect((verified["statements"] as? [[String: Any]])?.count == 2)
    }

    @Test func damageIsNamedAndEndsWithOne() throws {
        let place = try Place()
        _ = try place.run("close", "--month", "2020-10")
        try place.sqlite("DROP TRIGGER samples_no_update; UPDATE samples SET state = 0 WHERE state = 1 AND series = 1")
        let outcome = try place.run("verify")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("damage: ledger: the trigger samples_no_update is missing"))
        #expect(
            outcome.output.contains(
                "damage: 2020-10/1: samples of acme-web/default have another state: 6 samples, "
                    + "2020-10-02T06:00:00+07:00 to 2020-10-02T11:00:00+07:00"))
        #expect(outcome.output.contains("ledger.sqlite: damaged"))
    }

    /// A file whose pages are overwritten is damage, whatever SQLite makes of them.
    @Test func aTornFileIsDamage() throws {
        let place = try Place()
        _ = try place.run("close", "--month", "2020-10")
        let file = try #require(FileHandle(forUpdatingAtPath: place.folder + "/state/ledger.sqlite"))
        let length = try file.seekToEnd()
        for page in stride(from: UInt64(4096 * 3), to: length, by: 4096 * 2) {
            try file.seek(toOffset: page + 8)
            try file.write(contentsOf: Data(repeating: 0x5A, count: 400))
        }
        try file.close()
        let outcome = try place.run("verify")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("damage: ledger: "))
    }

    @Test func whatCannotBeIsRefusedAndNothingWritten() throws {
        let place = try Place()
        func refused(_ status: Int32, _ message: String, _ outcome: BuiltProgram.Outcome) {
            #expect(outcome.status == status)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains(message), "\(outcome.errors)")
        }
        refused(
            65, "--month: 2998-01 has not ended, expected one that has; it ends at 2998-02-01T00:00:00+07:00",
            try place.run("close", "--month", "2998-01"))
        refused(
            65, "--month: 2020-10 has not ended",
            try place.run("close", "--month", "2020-10", "--as-of", "2020-10-31T23:59:59+07:00"))
        refused(
            65, "--as-of: lies in the future",
            try place.run("close", "--month", "2020-10", "--as-of", "2998-01-01T00:00:00Z"))
        refused(
            65, "--month: nobody had paid for a service in 2019-10",
            try place.run("close", "--month", "2019-10"))
        let blank = try place.run("close", "--month", "2020-10", "--reason", " ", "--by", "")
        refused(65, "--reason: found nothing, expected why", blank)
        #expect(blank.errors.contains("--by: found nothing, expected a name"))
        refused(65, "--seal: found \"x\", expected 64 hexadecimal", try place.run("verify", "--seal", "x"))
        refused(64, "Usage:", try place.run("close", "--month", "2020-13"))
        refused(
            65, "there is no statement 2020-10; there is none at all", try place.run("statement", "show", "2020-10"))
        refused(65, "there is no statement 2020-10/1", try place.run("statement", "print", "2020-10/1"))
        #expect(try place.run("statement", "list").output.split(separator: "\n").count == 1)
        _ = try place.run("close", "--month", "2020-10")
        refused(
            65, "there is no statement 2020-10/3; the latest of 2020-10 is 2020-10/1",
            try place.run("statement", "show", "2020-10/3"))
        refused(
            65, "there is no statement 2020-11/1; did you mean 2020-10/1?",
            try place.run("statement", "show", "2020-11/1"))
        refused(
            65, "--as-of: lies before that of 2020-10/1",
            try place.run("close", "--month", "2020-10", "--as-of", "2020-11-02T00:00:00+07:00"))
        let full = try place.run("statement", "print", "2020-10/1", "--output", place.folder + "/none/out.csv")
        refused(73, "cannot be written", full)
        try FileManager.default.removeItem(atPath: place.folder + "/state/ledger.sqlite")
        refused(66, "there is no ledger here", try place.run("close", "--month", "2020-10"))
        refused(66, "there is no ledger here", try place.run("verify"))
        #expect(!FileManager.default.fileExists(atPath: place.folder + "/state/ledger.sqlite"))
    }

    @Test func aMonthThatHasNotSettledIsRemarked() throws {
        let place = try Place()
        let outcome = try place.run("close", "--month", "2020-10", "--as-of", "2020-11-01T00:00:00+07:00")
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("2020-10 had not settled"))
    }
}
