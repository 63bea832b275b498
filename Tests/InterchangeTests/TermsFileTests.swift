import Intake
import SLA
import Testing

@testable import Interchange

@Suite struct TermsFileTests {
    private static let catalog = Catalog(
        agreement: Agreement(
            calendar: CivilCalendar(zone: TimeZoneRules(name: "Asia/Ho_Chi_Minh", initialOffset: 7 * 3_600_000))),
        customers: [Customer(id: "acme"), Customer(id: "beta")],
        services: [
            Service(id: "acme-web", customer: "acme", paid: .empty, checks: [Check(probe: .unrecorded)]),
            Service(id: "beta-web", customer: "beta", paid: .empty, checks: [Check(probe: .unrecorded)]),
        ])

    private func read(_ text: String, currency: String? = nil) throws -> TermsFile {
        var agreement = Self.catalog.agreement
        agreement.compensation.currency = currency
        let catalog = Catalog(
            agreement: agreement, customers: Self.catalog.customers, services: Self.catalog.services)
        return try Array(text.utf8).withUnsafeBytes { try TermsFile($0, file: "billing.csv", catalog: catalog) }
    }

    private func mistakes(_ text: String, currency: String? = nil) -> [String] {
        InterchangeTests.mistakes(in: { _ = try read(text, currency: currency) })
    }

    @Test func renewalsGapsAndUpgradesAreTermsOfOneService() throws {
        let file = try read(
            """
            service,customer,from,to,price,plan
            acme-web,acme,2026-01-01,2026-07-01,200000,M
            acme-web,acme,2026-08-01,2026-10-15T00:00:00+07:00,200000.50,M
            acme-web,,2026-10-15,,300000,"L, yearly"
            beta-web,beta,2026-01-01,,,
            """)
        #expect(file.recordCount == 4)
        let acme = try #require(file.terms["acme-web"])
        let calendar = Self.catalog.agreement.calendar
        func at(_ date: String) throws -> Instant { calendar.start(of: try #require(CivilDate(date))) }
        #expect(acme.map(\.interval.start) == [try at("2026-01-01"), try at("2026-08-01"), try at("2026-10-15")])
        #expect(acme.map(\.interval.end) == [try at("2026-07-01"), try at("2026-10-15"), .distantFuture])
        #expect(acme.map { $0.price?.description } == ["200000", "200000.50", "300000"])
        #expect(acme.map(\.plan) == ["M", "M", "L, yearly"])
        #expect(file.terms["beta-web"]?.map(\.price) == [nil])
    }

    @Test func onlyServiceFromAndToAreNeeded() throws {
        #expect(try read("to,service,from\n,acme-web,2026-01-01\n").terms.keys.sorted() == ["acme-web"])
        #expect(
            mistakes("service,price\n") == [
                "billing.csv:1: from: the column is missing, expected the header service,from,to",
                "billing.csv:1: to: the column is missing, expected the header service,from,to",
            ])
    }

    @Test func everyMistakeIsNamedWithItsLineAndField() {
        let expected = "a date, as 2026-01-01, or an instant, as 2026-01-01T07:00:00+07:00"
        let amount =
            "an amount with at most 2 decimals behind a point and without a comma, 0 or more and under 10^15, "
            + "as 1500.50 or 1 500.50"
        #expect(
            mistakes(
                """
                service,customer,from,to,price,plan
                acme-wbe,acme,2026-01-01,,1,
                acme-web,beta,2026-01-01,,1,
                acme-web,acme,2026-02-30,tomorrow,-1,
                beta-web,beta,2026-01-01,2026-01-01,1e3,
                beta-web,beta,,2026-01-01,,
                beta-web,beta,2026-01-01,2026-06-01,1,
                beta-web,beta,2026-05-01,2026-09-01,2,
                beta-web,beta,2026-09-01
                """) == [
                    "billing.csv:2: service: unknown service \"acme-wbe\", expected one of the configuration's; "
                        + "did you mean acme-web?",
                    "billing.csv:3: customer: found \"beta\", expected acme, as of service acme-web",
                    "billing.csv:4: from: found \"2026-02-30\", expected \(expected)",
                    "billing.csv:4: to: found \"tomorrow\", expected \(expected)",
                    "billing.csv:4: price: found \"-1\", expected \(amount)",
                    "billing.csv:5: price: found \"1e3\", expected \(amount)",
                    "billing.csv:6: from: found nothing, expected \(expected)",
                    "billing.csv:8: price: 2, but line 7 has 1 for some of the same time",
                    "billing.csv:9: 3 fields, expected 6",
                ])
        #expect(
            mistakes("service,from,to\nacme-web,2026-01-02,2026-01-01\n") == [
                "billing.csv:2: to: the end is not after the beginning, expected an instant later than `from`"
            ])
    }

    @Test func aPriceIsOfTheAgreementsCurrency() throws {
        let prices = ["200.000", "\"200,000\"", "150000.0", "1 50 000", "'-1", "007"]
        let text = "service,from,to,price\n" + prices.map { "acme-web,2026-01-01,,\($0)\n" }.joined()
        let dong =
            "expected a whole number of VND without a point or comma, 0 or more and under 10^15, as 150000 or 150 000"
        #expect(
            mistakes(text, currency: "VND")
                == ["200.000", "200,000", "150000.0", "1 50 000", "-1", "007"].enumerated().map {
                    "billing.csv:\($0 + 2): price: found \"\($1)\", \(dong)"
                })
        // 150000.0 is one in a currency with decimals.
        #expect(mistakes(text, currency: "USD").count == 5)
        let grouped = ["200000", "200 000", "200\u{A0}000", "200\u{202F}000"]
        for currency in ["VND", "USD", nil] {
            let file = try read(
                "service,from,to,price\n" + grouped.map { "acme-web,2026-01-01,,\($0)\n" }.joined(), currency: currency)
            #expect(file.terms["acme-web"]?.map { $0.price?.description } == grouped.map { _ in "200000" })
        }
        #expect(
            mistakes("service,from,to,price\nacme-web,2026-01-01,,200000\nacme-web,2026-01-01,,300000\n").last
                == "billing.csv:3: price: 300\u{202F}000, but line 2 has 200\u{202F}000 for some of the same time")
    }

    @Test func aLongFileTellsHowFarItIs() throws {
        let rows = (0..<20_000).map { _ in "acme-web,2026-01-01,\n" }.joined()
        var seen: [Int] = []
        let bytes = Array(("service,from,to\n" + rows).utf8)
        let file = try bytes.withUnsafeBytes {
            try TermsFile($0, file: "billing.csv", catalog: Self.catalog) { seen.append($0) }
        }
        #expect(file.recordCount == 20_000)
        #expect(seen == [50, 100])
    }
}
