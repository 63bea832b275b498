import Foundation
import Testing

/// `availd compensation`, through the program, on a month that nobody measured.
@Suite struct CompensationCommandTests {
    private let availd: BuiltProgram

    init() throws {
        availd = try BuiltProgram()
        try availd.write(
            """
            agreement:
              timezone: Asia/Ho_Chi_Minh
              compensation: {currency: VND, tiers: [{below: 99, percent: 10}]}
            customers: [{id: acme}]
            services:
              - {id: acme-web, customer: acme, price: 200000, paid: [{from: 2026-10-01, to: 2026-11-01}], url: "http://h.example/"}
              - {id: acme-free, customer: acme, paid: [{from: 2026-10-01, to: 2026-11-01}], url: "http://h.example/"}
            state_directory: \(availd.folder)/state
            """, to: "availd.yaml")
        // It makes the ledger, and touches nothing.
        _ = try availd(
            "terms", "withdraw", "acme-free", "--from", "2020-01-01T00:00:00Z", "--to", "2020-01-02T00:00:00Z",
            "--reason", "to make a ledger")
    }

    private func negotiate(
        _ amount: String, reason: String = "letter", service: String = "acme-web"
    ) throws
        -> BuiltProgram.Outcome
    {
        try availd(
            "compensation", "negotiate", service, "--month", "2026-10", "--amount", amount, "--reason", reason, "--by",
            "lan")
    }

    private func credit() throws -> [String] {
        let row = try availd("report", "--month", "2026-10").lines.first { $0.contains(",acme-web,") } ?? ""
        return row.split(separator: ",", omittingEmptySubsequences: false).dropFirst(23).prefix(3).map(String.init)
    }

    @Test func anAgreementIsRecordedSupersededAndWithdrawn() throws {
        #expect(try availd("compensation", "--month", "2026-10").output.hasSuffix("Nothing is due.\n"))
        #expect(try credit() == ["", "", "VND"])
        let first = try negotiate("150000")
        #expect(first.status == 0)
        #expect(first.errors.contains("recorded 150\u{202F}000 VND for acme-web in 2026-10"))
        #expect(first.errors.contains("where nothing would be due (unmeasured)"))
        #expect(try credit() == ["negotiate", "150000", "VND"])
        #expect(try negotiate("90000", reason: "second letter").status == 0)
        #expect(try credit() == ["negotiate", "90000", "VND"])
        let text = try availd("compensation", "list", "--month", "2026-10").output
        #expect(text.contains("150\u{202F}000 VND agreed by lan: letter\n"))
        #expect(text.contains("90\u{202F}000 VND agreed by lan: second letter\n"))
        let csv = try availd("compensation", "list", "--month", "2026-10", "--format", "csv")
        #expect(csv.lines.map { $0.prefix { $0 != "," } } == ["row", "service", "customer", "all"])
        #expect(csv.lines.dropFirst().first?.contains(",90000,,90000,VND,lan,") == true)
        // Before it was agreed, it was not.
        #expect(
            try availd("compensation", "--month", "2026-10", "--as-of", "2026-11-02T00:00:00Z").output
                .hasSuffix("Nothing is due.\n"))
        func withdraw() throws -> BuiltProgram.Outcome {
            try availd("compensation", "withdraw", "acme-web", "--month", "2026-10", "--reason", "wrong month")
        }
        #expect(try withdraw().status == 0)
        #expect(try credit() == ["", "", "VND"])
        let again = try withdraw()
        #expect(again.status == 65)
        #expect(again.errors.contains("nothing is negotiated for acme-web in 2026-10"))
        let json = try availd("compensation", "--month", "2026-10", "--format", "json")
        let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect((document?["records"] as? [Any])?.count == 3)
    }

    /// A month of 12 hours' outage, an hour a sample: 10 % by the tier, and 150 000 as agreed. Its last day was not
    /// measured in `shop-mail`, whose credit is to be settled.
    @Test func aBreachedMonthHasTheComputedAndTheNegotiatedAmount() throws {
        try availd.write(
            """
            agreement:
              timezone: UTC
              compensation: {currency: VND, tiers: [{below: 99, percent: 10}, {below: 97, percent: 25}]}
            defaults: {interval: 1h}
            customers: [{id: shop}]
            services:
              - {id: shop-mail, customer: shop, price: 100000, paid: [{from: 2020-01-01}], url: "tcp://127.0.0.1:1"}
              - {id: shop-web, customer: shop, price: 200000, paid: [{from: 2020-01-01}], url: "tcp://127.0.0.1:1"}
            probing: {allow_addresses: [127.0.0.0/8]}
            state_directory: \(availd.folder)/other
            """, to: "availd.yaml")
        let hours = (-2..<746).flatMap { hour in
            let said = "\((100..<112).contains(hour) ? "down" : "up")\n"
            let at = 1_601_510_400_000 + hour * 3_600_000
            return ["\(at),shop-web,\(said)"] + (hour < 720 ? ["\(at),shop-mail,\(said)"] : [])
        }
        try availd.write("at,service,state\n" + hours.joined(), to: "samples.csv")
        #expect(try availd("import", "--samples", availd.folder + "/samples.csv").status == 0)
        func rows() throws -> [[String]] {
            try availd("compensation", "--month", "2020-10", "--format", "csv").lines.dropFirst().map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
        }
        #expect(
            try rows().map { Array($0[5..<18]) } == [
                ["breached", "certain", "", "100000", "100000", "600000", "", "10000", "25000", "", "", "", "VND"],
                ["breached", "certain", "10", "200000", "200000", "1200000", "20000", "", "", "", "", "20000", "VND"],
                ["", "", "", "", "", "", "20000", "10000", "25000", "0", "0", "20000", "VND"],
                ["", "", "", "", "", "", "20000", "10000", "25000", "0", "0", "20000", "VND"],
            ])
        let outcome = try availd(
            "compensation", "negotiate", "shop-web", "--month", "2020-10", "--amount", "150000", "--reason", "letter")
        #expect(
            outcome.errors.contains(
                "recorded 150\u{202F}000 VND for shop-web in 2020-10, over the computed 20\u{202F}000"))
        #expect(try Array(rows()[1][11..<19]) == ["20000", "", "", "150000", "", "150000", "VND", "operator"])
        let report = try availd("report", "--month", "2020-10")
        #expect(report.lines.last?.contains(",10,150000,VND,") == true)
        #expect(report.lines.dropFirst().first?.contains(",,,VND,") == true)
        let json = try availd("report", "--month", "2020-10", "--format", "json").output
        #expect(json.contains("\"credit_computed_amount\" : 20000"))
        #expect(json.contains("\"recorded_by\" : \"operator\""))
        let settled = try availd(
            "compensation", "negotiate", "shop-mail", "--month", "2020-10", "--amount", "15000", "--reason", "agreed")
        #expect(settled.errors.contains("recorded 15\u{202F}000 VND for shop-mail in 2020-10, which settles"))
        #expect(try Array(rows()[3][11..<18]) == ["0", "0", "0", "165000", "0", "165000", "VND"])
        #expect(
            try availd("report", "--month", "2020-10").lines.dropFirst().first?.contains(",negotiate,15000,VND,")
                == true)
    }

    private static let dong =
        "expected a whole number of VND without a point or comma, 0 or more and under 10^15, as 150000 or 150 000"

    @Test(arguments: [
        ("1200001", "above the cap of 6 months' price, expected at most 1\u{202F}200\u{202F}000"), ("-1", dong),
        ("0.5", dong), ("150.000", dong), ("150,000", dong), ("1 50 000", dong), ("150000.0", dong), ("x", dong),
        ("", dong),
    ])
    func anAmountThatCannotBeIsRefused(amount: String, why: String) throws {
        let outcome = try availd(
            "compensation", "negotiate", "acme-web", "--month", "2026-10", "--amount", amount, "--reason", " ",
            "--by",
            "")
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("--amount: found \"\(amount)\", \(why)\n"))
        #expect(outcome.errors.contains("--reason"))
        #expect(outcome.errors.contains("--by"))
        #expect(try credit() == ["", "", "VND"])
    }

    /// As it is shown, and as a table or a letter groups it.
    @Test(arguments: ["150 000", "150\u{A0}000", "150\u{202F}000"])
    func aGroupedAmountIsTheSame(amount: String) throws {
        #expect(try negotiate(amount).status == 0)
        #expect(try credit() == ["negotiate", "150000", "VND"])
    }

    @Test func whatCannotBeAgreedIsRefused() throws {
        #expect(try negotiate("1", service: "acme-free").errors.contains("no price is recorded"))
        let unknown = try negotiate("1", service: "acme-wbe")
        #expect(unknown.status == 65)
        #expect(unknown.errors.contains("did you mean acme-web?"))
        func month(_ month: String) throws -> BuiltProgram.Outcome {
            try availd("compensation", "negotiate", "acme-web", "--month", month, "--amount", "1", "--reason", "x")
        }
        #expect(try month("2099-01").errors.contains("2099-01 lies in the future"))
        #expect(try month("2026-09").errors.contains("was not paid for in 2026-09"))
        #expect(try month("2026-09").status == 65)
        #expect(try availd("compensation", "withdraw", "acme-wbe", "--month", "2026-10", "--reason", "x").status == 65)
    }
}
