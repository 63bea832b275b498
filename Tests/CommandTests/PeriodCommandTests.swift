import Foundation
import Testing

/// `availd report` and `availd replay` of longer times, of some services, and of what might be, through the program.
@Suite struct PeriodCommandTests {
    private let availd: BuiltProgram
    private static let asOf = "2021-02-01T00:00:00+07:00"

    /// Three services of two customers, a sample every six hours from September to January. `acme-web` is down from the
    /// last evening of September for a day, and once in December; `borea-shop` is paid for from October on to the year's end.
    init() throws {
        availd = try BuiltProgram()
        try availd.write(
            """
            agreement: {timezone: Asia/Ho_Chi_Minh, compensation: {currency: VND, tiers: [{below: 99, percent: 10}]}}
            defaults: {interval: 6h}
            customers: [{id: acme}, {id: borea}]
            services:
              - {id: acme-web, customer: acme, groups: [rack-3], price: 200000, paid: [{from: 2020-01-01}], url: "http://127.0.0.1:1/"}
              - {id: acme-mail, customer: acme, paid: [{from: 2020-01-01}], url: "http://127.0.0.1:1/"}
              - {id: borea-shop, customer: borea, groups: [rack-3], price: 90000, paid: [{from: 2020-10-01, to: 2021-01-01}], url: "http://127.0.0.1:1/"}
            probing: {allow_addresses: [127.0.0.0/8]}
            state_directory: \(availd.folder)/state
            """, to: "availd.yaml")
        var samples = "at,service,state\n"
        let start: Int64 = 1_598_893_200_000
        for index in 0..<(153 * 4) {
            let at = start + Int64(index) * 21_600_000
            for service in ["acme-web", "acme-mail", "borea-shop"] {
                let isDown = service == "acme-web" && ((119..<123).contains(index) || (400..<402).contains(index))
                samples += "\(at),\(service),\(isDown ? "down" : "up")\n"
            }
        }
        try availd.write(samples, to: "samples.csv")
        let imported = try availd("import", "--samples", availd.folder + "/samples.csv")
        try #require(imported.status == 0, "\(imported.errors)")
    }

    private func report(_ arguments: String...) throws -> BuiltProgram.Outcome {
        try availd(["report", "--as-of", Self.asOf] + arguments)
    }

    /// The cells of the rows, each by its column's name.
    private func rows(_ outcome: BuiltProgram.Outcome) throws -> [[String: String]] {
        #expect(outcome.status == 0, "\(outcome.errors)")
        let lines = outcome.lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        let header = try #require(lines.first)
        return lines.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
    }

    @Test func aPeriodIsWeighedByTimeAndHasNoCredit() throws {
        let row = try #require(try rows(report("--period", "2020-09..2020-10")).first { $0["service"] == "acme-web" })
        #expect(row["month"] == "2020-09..2020-10")
        #expect(row["committed_s"] == "5270400.000")
        #expect(row["down_s"] == "86400.000")
        #expect(row["outages"] == "1")
        #expect(row["longest_outage_s"] == "86400.000")
        #expect(row["availability_percent"] == "98.3606")
        #expect(row["verdict"] == "breached")
        #expect(row["credit_percent"] == "" && row["credit_amount"] == "")
        let months = try ["2020-09", "2020-10"].map { month in
            try #require(try rows(report("--month", month)).first { $0["service"] == "acme-web" })
        }
        #expect(months.map { $0["down_s"] } == ["21600.000", "64800.000"])
        #expect(months.map { $0["outages"] } == ["1", "1"])
    }

    @Test(arguments: ["2020-Q4", "2020", "2020-10..2021-01", "term"])
    func aReplayOfAPeriodGivesTheSameBytes(period: String) throws {
        for format in ["csv", "json", "text"] {
            let reported = try report("--period", period, "--format", format)
            let replayed = try availd(
                "replay", "--as-of", Self.asOf, "--samples", availd.folder + "/samples.csv", "--period", period,
                "--format",
                format)
            #expect(reported.status == 0 && replayed.status == 0, "\(reported.errors) \(replayed.errors)")
            #expect(replayed.output == reported.output)
        }
    }

    @Test func eachServiceHasItsOwnTerm() throws {
        let rows = try rows(report("--period", "term"))
        #expect(rows.map { $0["month"] } == ["2020-01-01..", "2020-01-01..", "2020-10-01..2021-01-01"])
        #expect(rows.last?["committed_s"] == "7948800.000")
        let text = try report("--period", "term", "--format", "text", "--service", "borea-shop")
        #expect(
            text.lines.filter { $0.contains("  2020-1") }.map { $0.split(separator: " ").first } == [
                "2020-10", "2020-11", "2020-12",
            ])
    }

    @Test func theMonthsStandBesideThePeriod() throws {
        let text = try report("--period", "2020-Q4", "--format", "text", "--service", "acme-web").lines
        #expect(text.first?.hasPrefix("2020-Q4, objective 99 %") == true)
        #expect(
            text.filter { $0.contains(" met") || $0.contains(" breached") }.map { $0.split(separator: " ").prefix(2) }
                == [
                    ["acme", "acme-web"], ["2020-10", "97.5806"], ["2020-11", "100.0000"], ["2020-12", "98.3870"],
                ])
        let json = try report("--period", "2020-Q4", "--format", "json", "--service", "acme-web").output
        let value = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let service = try #require((value["services"] as? [[String: Any]])?.first)
        let months = try #require(service["months"] as? [[String: Any]])
        #expect(value["month"] as? String == "2020-Q4")
        #expect(months.map { $0["month"] as? String } == ["2020-10", "2020-11", "2020-12"])
        #expect(months.map { $0["verdict"] as? String } == ["breached", "met", "breached"])
        let spans = try availd("explain", "acme-web", "--period", "2020-09..2020-10", "--as-of", Self.asOf)
        #expect(
            spans.output.contains(
                "2020-09-30T18:00:00+07:00 to 2020-10-01T18:00:00+07:00, 24 h: all of it counts as down"))
    }

    @Test func whatIsNoPeriodIsRefused() throws {
        let both = try report("--month", "2020-10", "--period", "2020")
        #expect(both.status == 64 && both.errors.contains("--month and --period exclude each other"))
        let typo = try report("--period", "quater")
        #expect(typo.status == 64 && typo.errors.contains("did you mean quarter?"), "\(typo.errors)")
        #expect(try report("--period", "2020-12..2020-10").status == 64)
        #expect(try availd("replay", "--samples", "s.csv").status == 64)
        #expect(try report("--incidents", "--period", "2020").status == 64)
    }

    // MARK: - Of some services

    @Test func aCustomersReportHasNothingOfAnother() throws {
        // One void and one exclusion of both customers, and one that is not admitted.
        for (scope, hours) in [("service:acme-web service:borea-shop", 3), ("service:borea-shop", 4)] {
            let added = try availd(
                "void", "add", "--scope", scope, "--from", "2020-10-0\(hours)T00:00:00+07:00", "--to",
                "2020-10-0\(hours)T12:00:00+07:00", "--reason", "our switch", "--evidence", "log")
            try #require(added.status == 0, "\(added.errors)")
        }
        let excluded = try availd(
            "exclusion", "add", "--category", "scheduled_maintenance", "--scope", "service:borea-shop", "--from",
            "2020-10-06T00:00:00+07:00", "--to", "2020-10-06T12:00:00+07:00", "--evidence", "rack of borea")
        try #require(excluded.status == 0, "\(excluded.errors)")
        for format in ["csv", "text", "json"] {
            let all = try availd("report", "--month", "2020-10", "--format", format)
            #expect(all.output.contains("borea-shop"))
            let own = try availd("report", "--month", "2020-10", "--format", format, "--customer", "acme")
            #expect(own.status == 0)
            #expect(!(own.output + own.errors).contains("borea"), "\(own.output) \(own.errors)")
            #expect(!(own.output + own.errors).contains("E1") && !own.output.contains("V2"))
            #expect(format == "csv" || own.output.contains("V1"))
        }
        let text = try availd("report", "--month", "2020-10", "--format", "text", "--customer", "acme").output
        #expect(!text.contains("Maintenance windows"))
    }

    @Test func whatIsNamedIsShown() throws {
        func services(_ arguments: String...) throws -> [String?] {
            try rows(availd(["report", "--as-of", Self.asOf, "--month", "2020-10"] + arguments)).map { $0["service"] }
        }
        #expect(try services("--customer", "acme") == ["acme-mail", "acme-web"])
        #expect(try services("--customer", "acme", "--customer", "borea") == ["acme-mail", "acme-web", "borea-shop"])
        #expect(try services("--service", "borea-shop", "--service", "acme-web") == ["acme-web", "borea-shop"])
        #expect(try services("--customer", "acme", "--service", "borea-shop") == [])
        #expect(try services("--customer", "acme", "--service", "acme-web") == ["acme-web"])
        let whole = try report("--month", "2020-10").lines
        #expect(try report("--month", "2020-10", "--customer", "borea").lines == [whole[0], whole[3]])
        let unknown = try report("--customer", "acm")
        #expect(unknown.status == 65 && unknown.errors.contains("did you mean acme?"), "\(unknown.errors)")
        #expect(try report("--service", "acme-wbe").errors.contains("did you mean acme-web?"))
        let replayed = try availd(
            "replay", "--as-of", Self.asOf, "--samples", availd.folder + "/samples.csv", "--month", "2020-10",
            "--customer",
            "borea")
        #expect(replayed.lines == [whole[0], whole[3]])
    }

    // MARK: - What if

    private func exclude() throws {
        let added = try availd(
            "exclusion", "add", "--category", "third_party", "--scope", "service:acme-web", "--from",
            "2020-10-01T00:00:00+07:00", "--to", "2020-10-02T00:00:00+07:00", "--evidence", "letter")
        try #require(added.output == "E1\n", "\(added.errors)")
    }

    @Test func whatIfIsSaidInEveryLine() throws {
        try exclude()
        func down(_ arguments: String...) throws -> String? {
            try rows(availd(["report", "--month", "2020-10"] + arguments)).first { $0["service"] == "acme-web" }?[
                "down_s"]
        }
        #expect(try down() == "0.000")
        let csv = try availd("report", "--month", "2020-10", "--without", "E1")
        #expect(csv.status == 0 && csv.lines.count == 4)
        #expect(csv.lines.allSatisfy { $0.contains("hypothetical") })
        let row = try #require(try rows(csv).first { $0["service"] == "acme-web" })
        #expect(row["down_s"] == "64800.000")
        #expect(row["month"] == "hypothetical 2020-10")
        #expect(row["hypothetical"] == "without E1")
        let text = try availd("report", "--month", "2020-10", "--without", "E1", "--format", "text")
        #expect(
            text.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().allSatisfy {
                $0.hasPrefix("HYPOTHETICAL")
            })
        #expect(text.lines[0] == "HYPOTHETICAL  as if without E1")
        let json = try availd("report", "--month", "2020-10", "--without", "E1", "--format", "json")
        let value = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect((value["hypothetical"] as? [String: [String]])?["without_facts"] == ["E1"])
        for service in try #require(value["services"] as? [[String: Any]]) {
            #expect((service["hypothetical"] as? [String: [String]])?["without_facts"] == ["E1"])
        }
        // Nothing of it was recorded.
        #expect(try down() == "0.000")
    }

    @Test func whatIfTakesFilesAsReplayReadsThem() throws {
        try exclude()
        let more = try availd.write(
            """
            id,category,scope,from,to,evidence
            X1,force_majeure,customer:borea,2020-10-10T00:00:00+07:00,2020-10-11T00:00:00+07:00,decree

            """, to: "more.csv")
        let voids = try availd.write(
            """
            id,kind,scope,from,to,reason,evidence
            V9,downtime,all,2020-10-20T00:00:00+07:00,2020-10-20T01:00:00+07:00,the rack,log

            """, to: "voids.csv")
        let outcome = try availd(
            "report", "--month", "2020-10", "--without", "E1", "--with", more, "--with", voids, "--as-of", Self.asOf)
        let found = try rows(outcome)
        #expect(found.map { $0["force_majeure_s"] } == ["0.000", "0.000", "86400.000"])
        #expect(found.map { $0["down_s"] } == ["3600.000", "68400.000", "3600.000"])
        #expect(found.last?["hypothetical"] == "without E1 with \(more) \(voids)")
        let period = try rows(report("--period", "2020-Q4", "--with", more))
        #expect(period.last?["month"] == "hypothetical 2020-Q4")
        #expect(period.last?["force_majeure_s"] == "86400.000")
    }

    @Test func whatIfIsRefusedWhereItCouldBeTakenForAReport() throws {
        try exclude()
        let unknown = try report("--without", "E1,E12")
        #expect(unknown.status == 65 && unknown.errors.contains("there is no fact E12"), "\(unknown.errors)")
        let again = try availd.write(
            "id,category,scope,from,to\nE1,suspension,all,2020-10-10T00:00:00+07:00,2020-10-11T00:00:00+07:00\n",
            to: "e1.csv")
        #expect(try report("--with", again).errors.contains("\"E1\" is recorded already"))
        #expect(try report("--with", again, "--without", "E1").status == 0)
        try FileManager.default.createDirectory(
            atPath: availd.folder + "/state/reports", withIntermediateDirectories: true)
        let inside = try report("--without", "E1", "--output", availd.folder + "/state/reports/2020-10.csv")
        #expect(inside.status == 64 && inside.errors.contains("expected another folder"), "\(inside.errors)")
        let outside = try report("--without", "E1", "--output", availd.folder + "/what-if.csv")
        #expect(outside.status == 0 && outside.output.isEmpty)
        #expect(try report("--incidents", "--without", "E1").status == 64)
    }
}
