import Foundation
import Testing

/// Claims, and what a closed month says of them, through the program: an October of 12 hours' outage, an hour a sample.
@Suite struct ClaimCommandTests {
    private let availd: BuiltProgram

    init() throws {
        availd = try BuiltProgram()
        try availd.write(
            """
            agreement:
              timezone: UTC
              compensation: {currency: VND, tiers: [{below: 99, percent: 10}]}
            defaults: {interval: 1h}
            customers: [{id: shop, contract: {number: HĐ-17/2020, from: 2020-01-01, to: 2021-01-01}}]
            services:
              - {id: shop-web, customer: shop, price: 200000, paid: [{from: 2020-01-01}], url: "tcp://127.0.0.1:1"}
            probing: {allow_addresses: [127.0.0.0/8]}
            state_directory: \(availd.folder)/state
            """, to: "availd.yaml")
        let hours = (-2..<746).map { hour in
            "\(1_601_510_400_000 + hour * 3_600_000),shop-web,\((100..<112).contains(hour) ? "down" : "up")\n"
        }
        try availd.write("at,service,state\n" + hours.joined(), to: "samples.csv")
        #expect(try availd("import", "--samples", availd.folder + "/samples.csv").status == 0)
    }

    private func credit() throws -> [String] {
        let row = try availd("report", "--month", "2020-10").lines.last ?? ""
        return row.split(separator: ",", omittingEmptySubsequences: false).dropFirst(23).prefix(3).map(String.init)
    }

    @Test func aSettledClaimStandsOverTheComputedAmount() throws {
        #expect(try credit() == ["10", "20000", "VND"])
        let opened = try availd(
            "claim", "open", "shop-web", "--month", "2020-10", "--amount", "900000", "--reason", "orders were lost",
            "--evidence", "letter 3", "--by", "lan")
        #expect(opened.output == "C1\n")
        #expect(try availd("claim", "answer", "C1", "--reason", "half a day", "--by", "an").status == 0)
        #expect(try credit() == ["10", "20000", "VND"])
        let settled = try availd("claim", "settle", "C1", "--amount", "150 000", "--reason", "agreed", "--by", "lan")
        #expect(settled.errors.contains("C1 of shop-web for 2020-10: settled 150\u{202F}000 VND\n"))
        #expect(settled.errors.contains("it stands over 20\u{202F}000 VND, which was due of 2020-10\n"))
        #expect(try credit() == ["10", "150000", "VND"])
        let list = try availd("claim", "list", "--month", "2020-10").output
        #expect(list.contains("shop-web: contract HĐ-17/2020, from 2020-01-01 to 2021-01-01\n"))
        #expect(list.contains("C1 of shop-web: opened 900\u{202F}000 VND by lan: orders were lost (letter 3)\n"))
        #expect(try availd("claim", "list", "--open").output == "No claim is on record.\n")
        // As it was known before.
        #expect(try availd("claim", "list", "--as-of", "2026-11-01T00:00:00Z").output == "No claim is on record.\n")
        // The same bytes from files alone.
        try availd.write(try availd("compensation", "records", "--format", "csv").output, to: "settlements.csv")
        let replayed = try availd(
            "replay", "--samples", availd.folder + "/samples.csv", "--settlements", availd.folder + "/settlements.csv",
            "--month", "2020-10", "--as-of", "2099-01-01T00:00:00Z")
        let reported = try availd("report", "--month", "2020-10", "--as-of", "2099-01-01T00:00:00Z")
        #expect(replayed.output == reported.output)
    }

    @Test func anAmendmentLowersACreditOnlyWithTheCustomersWord() throws {
        #expect(try availd("close", "--month", "2020-10").status == 0)
        _ = try availd(
            "exclusion", "add", "--category", "third_party", "--scope", "all", "--from", "2020-10-05T00:00:00Z", "--to",
            "2020-10-06T00:00:00Z", "--evidence", "ticket 5")
        #expect(try credit() == ["", "", "VND"])
        let refused = try availd("close", "--month", "2020-10")
        #expect(refused.status == 65)
        #expect(
            refused.errors.contains(
                "an amendment of 2020-10/1 would lower the credit of shop-web from 20\u{202F}000 to nothing"))
        #expect(try availd("statement", "list").output.contains("2020-10/2") == false)
        let accepted = try availd(
            "compensation", "accept", "shop-web", "--month", "2020-10", "--amount", "0", "--reason", "it was shown",
            "--evidence", "mail 12", "--by", "lan")
        #expect(accepted.errors.contains("the credit of shop-web in 2020-10 may be lowered to 0 VND\n"))
        let amended = try availd("close", "--month", "2020-10")
        #expect(amended.status == 0)
        #expect(amended.output.contains("0 accepted: it was shown (mail 12)"))
        let shown = try availd("statement", "show", "2020-10/2").output
        #expect(shown.contains("\nContracts:\n  shop-web: contract HĐ-17/2020, from 2020-01-01 to 2021-01-01\n"))
        #expect(shown.contains("a credit lowered to 0 VND accepted, recorded by lan: it was shown (mail 12)\n"))
        #expect(try availd("verify").status == 0)
    }

    @Test func aClaimIsForAMonthOrForAnIncident() throws {
        #expect(try availd("claim", "open", "shop-web", "--reason", "x").status == 64)
        let both = try availd("claim", "open", "shop-web", "--month", "2020-10", "--incident", "I1", "--reason", "x")
        #expect(both.status == 64)
        #expect(both.errors.contains("expected either --month or --incident"))
    }
}
