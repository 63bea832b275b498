import Foundation
import Testing

/// `availd terms`, through the program.
@Suite struct TermsCommandTests {
    private let availd: BuiltProgram

    init() throws {
        availd = try BuiltProgram()
        try configure()
    }

    private func configure(_ paid: String = "[{from: 2026-01-01}]", web: Bool = true) throws {
        let service =
            web
            ? "- {id: acme-web, customer: acme, price: 200000, paid: \(paid), url: \"http://127.0.0.1:1/\", interval: 1h}"
            : ""
        try availd.write(
            """
            agreement: {timezone: Asia/Ho_Chi_Minh}
            customers: [{id: acme}]
            services:
              - {id: acme-mail, customer: acme, paid: [{from: 2026-01-01}], url: "http://127.0.0.1:1/", interval: 1h}
              \(service)
            probing: {allow_addresses: [127.0.0.0/8]}
            state_directory: \(availd.folder)/state
            """, to: "availd.yaml")
    }

    /// The committed seconds of a service's October, or nil where it has no row.
    private func committed(_ service: String = "acme-web", asOf: String? = nil) throws -> String? {
        let report =
            if let asOf {
                try availd("report", "--month", "2026-10", "--as-of", asOf)
            } else {
                try availd("report", "--month", "2026-10")
            }
        let row = report.lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
            .first { $0.count > 9 && $0[2] == service }
        return row.map { String($0[9]) }
    }

    /// The history as JSON tells it: source and who, in order.
    private func history(_ service: String = "acme-web") throws -> [String] {
        let list = try availd("terms", "list", service, "--format", "json")
        let document = try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [String: Any]
        let services = document?["services"] as? [[String: Any]]
        let changes = services?.first?["changes"] as? [[String: Any]]
        return (changes ?? []).map { "\($0["source"] ?? "") \($0["by"] ?? "")" }
    }

    private static let october = "2678400.000"

    @Test func theBillingFileGovernsFromItsImportOn() throws {
        let file = try availd.write(
            "service,customer,from,to,price,plan\nacme-web,acme,2026-01-01,2026-10-11,200000,M\n", to: "billing.csv")
        let first = try availd("terms", "import", file, "--by", "lan")
        #expect(first.output == "read 1 terms of 1 services: recorded those of 1\n")
        #expect(try committed() == "864000.000")
        #expect(try committed("acme-mail") == Self.october)
        let again = try availd("terms", "import", file)
        #expect(again.output == "read 1 terms of 1 services: nothing has changed\n")
        #expect(try history() == ["billing lan", "configuration lan"])
        // A payment that comes late adds the time, and what the configuration says does not matter.
        try configure("[{from: 2026-01-01, to: 2026-01-02}]")
        try availd.write(
            "service,from,to\nacme-web,2026-01-01,2026-10-11\nacme-web,2026-10-21,\n", to: "billing.csv")
        #expect(try availd("terms", "import", file).status == 0)
        #expect(try committed() == "1814400.000")
        let list = try availd("terms", "list", "acme-web", "--format", "csv")
        #expect(
            list.lines == [
                "service,customer,from,to,price,plan",
                "acme-web,acme,2026-01-01T00:00:00+07:00,2026-10-11T00:00:00+07:00,200000,",
                "acme-web,acme,2026-10-21T00:00:00+07:00,,200000,",
            ])
        // The list is what the import reads.
        let copy = try availd.write(list.output, to: "copy.csv")
        #expect(try availd("terms", "import", copy).status == 0)
        #expect(try committed() == "1814400.000")
    }

    @Test func aFileWithMistakesIsRefusedWholeWithAllOfThem() throws {
        let file = try availd.write(
            "service,from,to,price\nacme-web,2026-01-01,,1\nacme-wbe,2026-01-01,,-1\n", to: "billing.csv")
        let outcome = try availd("terms", "import", file)
        #expect(outcome.status == 65)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("billing.csv:3: service: unknown service \"acme-wbe\""))
        #expect(outcome.errors.contains("did you mean acme-web?"))
        #expect(outcome.errors.contains("billing.csv:3: price: found \"-1\""))
        #expect(!FileManager.default.fileExists(atPath: availd.folder + "/state"))
        #expect(try availd("terms", "import", availd.folder + "/none.csv").status == 66)
        #expect(try availd("terms", "import", file, "--by", " ").status == 65)
        #expect(try availd("terms", "import").status == 64)
    }

    @Test func aWithdrawalTakesAwayWhatWasNeverPaidUntilItIsReinstated() throws {
        let withdraw = ["--from", "2026-10-05T00:00:00+07:00", "--to", "2026-10-06T00:00:00+07:00"]
        let outcome = try availd(
            "terms", "withdraw", "acme-web", withdraw[0], withdraw[1], withdraw[2], withdraw[3], "--reason",
            "invoice 4711 was never paid", "--by", "lan")
        #expect(outcome.status == 0)
        #expect(outcome.output == "W1\n")
        #expect(outcome.errors.isEmpty)
        #expect(try committed() == "2592000.000")
        // What was known before is still to be seen.
        #expect(try committed(asOf: "2026-11-01T00:00:00+07:00") == Self.october)
        let text = try availd("terms", "list", "acme-web").output
        #expect(text.contains("W1 never paid: 2026-10-05T00:00:00+07:00 to 2026-10-06T00:00:00+07:00: invoice 4711"))
        #expect(try availd("terms", "reinstate", "W1", "--reason", "it was paid").status == 0)
        #expect(try committed() == Self.october)
        let twice = try availd("terms", "reinstate", "W1", "--reason", "again")
        #expect(twice.status == 65)
        #expect(twice.errors.contains("already reinstated"))
        #expect(try availd("terms", "reinstate", "W9", "--reason", "x").status == 65)
        #expect(try history() == ["configuration lan", "withdrawal lan", "reinstatement operator"])
    }

    @Test func aWithdrawalThatCannotBeIsRefusedWithEveryReason() throws {
        let outcome = try availd(
            "terms", "withdraw", "acme-web", "--from", "2026-10-06T00:00:00Z", "--to", "2026-10-05T00:00:00Z",
            "--reason",
            " ", "--by", "")
        #expect(outcome.status == 65)
        #expect(outcome.errors.split(separator: "\n").count == 3)
        let unknown = try availd(
            "terms", "withdraw", "acme-wbe", "--from", "2026-10-05T00:00:00Z", "--to", "2026-10-06T00:00:00Z",
            "--reason",
            "x")
        #expect(unknown.status == 65)
        #expect(unknown.errors.contains("did you mean acme-web?"))
        #expect(try availd("terms", "withdraw", "acme-web", "--reason", "x").status == 64)
        #expect(!FileManager.default.fileExists(atPath: availd.folder + "/state"))
        let nothing = try availd(
            "terms", "withdraw", "acme-web", "--from", "2020-10-05T00:00:00Z", "--to", "2020-10-06T00:00:00Z",
            "--reason",
            "x")
        #expect(nothing.status == 0)
        #expect(nothing.errors.contains("touches no time that is paid for"))
    }

    @Test func aListWithoutALedgerOrOfAnUnknownServiceIsRefused() throws {
        #expect(try availd("terms", "list").status == 66)
        #expect(try availd("terms", "list", "acme-wbe").status == 65)
    }

    /// A start and a reload record what has changed, once; what has gone keeps its row for the time it had.
    @Test func theDaemonRecordsChangesOnce() throws {
        try availd.whileDaemonRuns { daemon, log in
            try BuiltProgram.eventually { try history() == ["configuration daemon"] }
            kill(daemon.processIdentifier, SIGHUP)
            try BuiltProgram.eventually { log().contains("reloaded") }
            #expect(try history() == ["configuration daemon"])
            // The renewal in place of the old term: October stays as it was paid for.
            try configure("[{from: 2026-11-01, to: 2099-01-01}]")
            kill(daemon.processIdentifier, SIGHUP)
            try BuiltProgram.eventually { try history().count == 2 && log().contains("no longer paid for: from 2099") }
            #expect(try committed() == Self.october)
            let file = try availd.write("service,from,to\nacme-web,2026-10-01,2026-10-02\n", to: "billing.csv")
            #expect(try availd("terms", "import", file, "--by", "lan").status == 0)
            // The daemon follows what is imported beside it: a line more than the two of the reload, of what changed in the
            // configuration and of what is no longer watched for it.
            try BuiltProgram.eventually { log().components(separatedBy: "no longer paid for").count == 4 }
        }
        try configure(web: false)
        let before = try history()
        #expect(before.prefix(3) == ["configuration daemon", "configuration daemon", "billing lan"])
        try availd.whileDaemonRuns { _, _ in
            try BuiltProgram.eventually { try history().last == "configuration daemon" && history().count == 4 }
        }
        try availd.whileDaemonRuns { _, _ in }
        #expect(try history().count == 4)
        #expect(try committed() == Self.october)
        #expect(try availd("status").lines.dropFirst().allSatisfy { $0.hasPrefix("acme-mail") })
        #expect(try availd("explain", "acme-web", "--month", "2026-10").status == 0)
        // The ledger remembers it, so an exclusion of its last month can still be recorded.
        let exclusion = try availd(
            "exclusion", "add", "--category", "third_party", "--scope", "service:acme-web", "--from",
            "2026-10-05T09:00:00+07:00", "--to", "2026-10-05T09:40:00+07:00", "--evidence", "ticket 4711")
        #expect(exclusion.output == "E1\n")
    }

    /// The same text on two roads: neither takes what could be a thousandth of it.
    @Test(arguments: ["-1", "150.000"])
    func aPriceThatIsNoneIsRefusedByTheConfigurationAndTheBillingFile(price: String) throws {
        func configure(_ price: String) throws {
            try availd.write(
                """
                agreement: {timezone: Asia/Ho_Chi_Minh, compensation: {currency: VND}}
                customers: [{id: acme}]
                services: [{id: acme-web, customer: acme, price: \(price), paid: [{from: 2026-01-01}], url: "http://h.example/"}]
                state_directory: \(availd.folder)/state
                """, to: "availd.yaml")
        }
        try configure(price)
        let message =
            "price: found \"\(price)\", expected a whole number of VND without a point or comma, 0 or more and under "
            + "10^15, as 150000 or 150 000\n"
        let outcome = try availd("check-config")
        #expect(outcome.status == 78)
        #expect(outcome.errors.contains("availd.yaml:3: services[0]." + message))
        try configure("150 000")
        #expect(try availd("check-config").status == 0)
        let file = try availd.write("service,from,to,price\nacme-web,2026-01-01,,\(price)\n", to: "billing.csv")
        let refused = try availd("terms", "import", file)
        #expect(refused.status == 65)
        #expect(refused.errors.contains("billing.csv:2: " + message))
        #expect(!FileManager.default.fileExists(atPath: availd.folder + "/state"))
    }
}
