import Reporting
import SLA
import Testing

/// Compensation and paid time as they are shown.
@Suite struct CompensationTests {
    /// 20 000 by the tier, 150 000 agreed; and something for a service where nothing would be due.
    private static let negotiations = [
        Negotiation(
            month: World.month, service: "acme-web", amount: ExactDecimal(90_000), reason: "first offer",
            recordedAt: World.at(31), recordedBy: "an"),
        Negotiation(
            month: World.month, service: "acme-web", amount: ExactDecimal(150_000),
            reason: "=letter, 5 November",
            recordedAt: World.at(32), recordedBy: "lan"),
        Negotiation(
            month: World.month, service: "zeta-db", amount: ExactDecimal(10_000), reason: "goodwill",
            recordedAt: World.at(32), recordedBy: "lan"),
    ]

    private static let report = MonthlyReport(
        FigureInputs(
            month: World.month, asOf: World.asOf, catalog: World.catalog, exclusions: World.exclusions,
            settlements: Settlements(negotiations: negotiations)), timeline: { service, _ in World.timeline(service) })

    private static let document = CompensationDocument(
        report, settlements: Settlements(negotiations: negotiations))

    @Test func theTextIsAsItWas() throws { try World.expectGolden(Self.document.text, "compensation.txt") }
    @Test func theCSVIsAsItWas() throws { try World.expectGolden(Self.document.csv, "compensation.csv") }
    @Test func theJSONIsAsItWas() throws { try World.expectGolden(Self.document.json.text, "compensation.json") }

    @Test func theReportsAmountIsTheNegotiatedOne() throws {
        let rows = ReportCSV.text(Self.report).split(separator: "\r\n").map { $0.split(separator: ",") }
        #expect(rows[2].suffix(4).map(String.init).prefix(3) == ["negotiate", "150000", "VND"])
        #expect(rows[3].suffix(4).map(String.init).prefix(3) == ["negotiate", "10000", "VND"])
        #expect(ReportText.text(Self.report).contains("150\u{202F}000 VND\n"))
    }

    @Test func whereNothingIsDueThatIsSaid() {
        func document(_ service: Int, asOf: Instant, _ records: [Negotiation] = []) -> CompensationDocument {
            let catalog = Catalog(
                agreement: World.agreement, customers: World.catalog.customers, services: [World.services[service]])
            let inputs = FigureInputs(
                month: World.month, asOf: asOf, catalog: catalog, exclusions: [],
                settlements: Settlements(negotiations: records))
            return CompensationDocument(
                MonthlyReport(inputs, timeline: { service, _ in World.timeline(service) }),
                settlements: Settlements(negotiations: records))
        }
        let nothing = document(2, asOf: World.asOf)
        #expect(nothing.text.hasSuffix("\n\nNothing is due.\n"))
        #expect(nothing.csv.split(separator: "\r\n").map { $0.prefix { $0 != "," } } == ["row", "all"])
        // Agreed or not, while the month runs.
        let running = document(0, asOf: World.at(31), Self.negotiations)
        #expect(running.text.contains("\n\nNothing is due before the month has ended.\n"))
        #expect(running.text.contains("90\u{202F}000 VND agreed by an: first offer"))
        #expect(running.csv.split(separator: "\r\n").map { $0.prefix { $0 != "," } } == ["row", "all"])
    }

    /// What is to be settled, and what is agreed, apart.
    @Test func whatTheMeasurementsLeaveOpenIsListedApart() {
        let text = CompensationDocument(World.report, settlements: Settlements()).text
        #expect(text.contains("  20\u{202F}000 to 100\u{202F}000  "))
        #expect(text.split(separator: "\n").last?.hasPrefix("all       total") == true)
    }
}

@Suite struct TermsDocumentTests {
    private static let document: TermsDocument = {
        let service = World.services[0]
        func record(_ service: Service?, _ day: Int, _ by: String) -> ServiceRecord {
            ServiceRecord(id: "acme-web", service: service, recordedAt: World.at(day), recordedBy: by)
        }
        let terms = [
            Interval(World.at(1), World.at(10)).map {
                BilledTerm(interval: $0, price: ExactDecimal(200_000), plan: "M")
            },
            Interval(World.at(10), .distantFuture).map { BilledTerm(interval: $0, price: ExactDecimal(300_000)) },
        ].compactMap { $0 }
        let withdrawals = Interval(World.at(3), World.at(4)).map {
            PaidWithdrawal(
                id: "W1", service: "acme-web", interval: $0, reason: "never paid", recordedAt: World.at(20),
                recordedBy: "lan",
                reinstatement: PaidWithdrawal.Reinstatement(at: World.at(40), by: "an", reason: "it was"))
        }
        let history = ServiceHistory(
            records: [record(service, 1, "daemon"), record(nil, 30, "daemon")],
            billed: [BilledTerms(service: "acme-web", terms: terms, recordedAt: World.at(5), recordedBy: "lan")],
            withdrawals: [withdrawals].compactMap { $0 })
        return TermsDocument([TermsDocument.Entry(service, history)], asOf: World.at(31), under: World.agreement)
    }()

    @Test func theTextIsAsItWas() throws { try World.expectGolden(Self.document.text, "terms.txt") }
    @Test func theCSVIsAsItWas() throws { try World.expectGolden(Self.document.csv, "terms.csv") }
    @Test func theJSONIsAsItWas() throws { try World.expectGolden(Self.document.json.text, "terms.json") }
}
