import SLAOracle
import Testing

@testable import SLA

/// What an amendment says: which rows changed, and by which facts.
@Suite struct DifferenceTests {
    private let month: CivilMonth
    private let inputs: FigureInputs

    init() throws {
        month = try #require(CivilMonth("2026-10"))
        let probe = ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1)
        let services = ["mail", "web"].map { id in
            Service(
                id: id, customer: "acme", groups: [id == "web" ? "rack-1" : "rack-2"], price: ExactDecimal(200),
                paid: IntervalSet(Interval(t(0), .distantFuture)), checks: [Check(probe: probe)])
        }
        inputs = FigureInputs(
            month: month, asOf: t(1_800_000_000_000),
            catalog: Catalog(
                agreement: Agreement(calendar: CivilCalendar(zone: .utc)), customers: [Customer(id: "acme")],
                services: services), exclusions: [])
    }

    private func facts(from before: FigureInputs? = nil, _ change: (inout FigureInputs) -> Void) -> [String] {
        var after = inputs
        change(&after)
        let records = InputDifference.Records(
            revocation: { _ in nil }, withdrawal: { InputDifference.Author(by: "mai", at: t(0), reason: "of \($0)") })
        return InputDifference(from: before ?? inputs, to: after, records: records).facts.map { fact in
            "\(fact.kind.rawValue) \(fact.subject): \(fact.text); "
                + (fact.services?.joined(separator: " ") ?? "all") + (fact.by.map { " by \($0)" } ?? "")
        }
    }

    private func altered(_ inputs: inout FigureInputs, _ change: (inout Service) -> Void) {
        var services = inputs.catalog.services
        change(&services[1])
        inputs.catalog = Catalog(
            agreement: inputs.catalog.agreement, customers: inputs.catalog.customers, services: services)
    }

    private var exclusion: Exclusion {
        let start = inputs.period.start
        return Exclusion(
            id: "E1", category: .thirdParty, scope: [.group("rack-1")], interval: span(start, 60_000), evidence: "t",
            recordedAt: t(5), recordedBy: "lan")
    }

    private func span(_ start: Instant, _ length: Milliseconds) -> Interval {
        SLAOracle.span(start.milliseconds, start.milliseconds + length)
    }

    @Test func nothingIsNoFact() {
        #expect(facts { _ in }.isEmpty)
        #expect(facts { $0.asOf = $0.asOf + 1 }.isEmpty)
    }

    @Test func termsNameTheirServiceAndWhatChanged() {
        #expect(
            facts { altered(&$0) { $0.price = ExactDecimal(250) } } == ["terms web: price 200 -> 250; web"])
        #expect(
            facts { altered(&$0) { $0.price = ExactDecimal(1_500_000) } }
                == ["terms web: price 200 -> 1\u{202F}500\u{202F}000; web"])
        #expect(facts { altered(&$0) { $0.price = nil } } == ["terms web: price 200 -> none; web"])
        #expect(
            facts { altered(&$0) { $0.checks[0].confirm = 3 } } == ["terms web default: confirm 2 -> 3; web"])
        #expect(
            facts { altered(&$0) { $0.paid = IntervalSet(Interval(t(0), inputs.period.start + 86_400_000)) } } == [
                "terms web: paid 2026-10-01T00:00:00Z/2026-11-01T00:00:00Z -> "
                    + "2026-10-01T00:00:00Z/2026-10-02T00:00:00Z; web"
            ])
    }

    @Test func anAgreementConcernsAll() {
        let changed = facts { inputs in
            var agreement = inputs.catalog.agreement
            agreement.objective = ExactDecimal("99.5") ?? agreement.objective
            agreement.calendar = CivilCalendar(zone: TimeZoneRules(name: "Etc/Other", initialOffset: 0))
            inputs.catalog = Catalog(
                agreement: agreement, customers: inputs.catalog.customers, services: inputs.catalog.services)
        }
        #expect(
            changed == [
                "agreement objective: percent 99 -> 99.5; all", "agreement timezone: name UTC -> Etc/Other; all",
            ])
    }

    @Test func exclusionsNameWhoRecordedOrRevokedThem() throws {
        #expect(
            facts { $0.exclusions = [exclusion] } == ["exclusion E1: third_party, recorded; web by lan"])
        var before = inputs
        before.exclusions = [exclusion]
        var after = before
        after.exclusions[0].revokedAt = t(6)
        let revoked = InputDifference(
            from: before, to: after,
            records: InputDifference.Records(revocation: { _ in
                InputDifference.Author(by: "mai", at: t(6), reason: "wrong")
            }))
        #expect(
            revoked.facts == [
                FactChange(
                    kind: .exclusion, subject: "E1", text: "third_party, revoked: wrong", by: "mai", at: t(6),
                    services: ["web"])
            ])
    }

    /// What was negotiated names who agreed it, and who withdrew it; what is of another month is no fact.
    @Test func negotiationsNameTheirAmount() {
        func agreed(_ amount: ExactDecimal?, _ month: CivilMonth) -> Negotiation {
            Negotiation(
                month: month, service: "web", amount: amount, reason: "letter", recordedAt: t(5), recordedBy: "lan")
        }
        var before = inputs
        before.settlements.negotiations = [agreed(ExactDecimal(100), month)]
        #expect(facts { $0.settlements.negotiations = [agreed(ExactDecimal(100), month.next)] }.isEmpty)
        #expect(
            facts { $0.settlements.negotiations = before.settlements.negotiations } == [
                "negotiation web: 100 agreed: letter; web by lan"
            ])
        #expect(
            facts(from: before) { $0.settlements.negotiations = before.settlements.negotiations + [agreed(nil, month)] }
                == ["negotiation web: withdrawn: of web; web by mai"])
    }

    /// A service that nobody paid for in the month comes and goes without a fact.
    @Test func servicesOfOtherMonthsAreNoFact() {
        #expect(
            facts { inputs in
                var services = inputs.catalog.services
                var later = services[0]
                later.id = "new"
                later.paid = IntervalSet(Interval(inputs.period.end, .distantFuture))
                services.append(later)
                inputs.catalog = Catalog(
                    agreement: inputs.catalog.agreement, customers: inputs.catalog.customers, services: services)
            }.isEmpty)
        #expect(
            facts { inputs in
                inputs.catalog = Catalog(
                    agreement: inputs.catalog.agreement, customers: inputs.catalog.customers,
                    services: [inputs.catalog.services[0]])
            } == ["terms web: removed; web"])
    }

    /// Rows against a comparison cell by cell, for every pair of small tables.
    @Test func rowsAreThoseWhoseCellsDiffer() {
        let columns = ["service", "verdict", "down_s", "as_of"]
        let cells = [["met", "0"], ["met", "1"], ["not_committed", "0"]]
        let choices: [[String]?] = [nil] + cells.map { $0 }
        func table(_ a: [String]?, _ b: [String]?, _ asOf: String) -> ReportTable {
            let rows = [("a", a), ("b", b)].compactMap { id, cells in cells.map { [id] + $0 + [asOf] } }
            return ReportTable(columns: columns, rows: rows)
        }
        for a in choices {
            for b in choices {
                for c in choices {
                    for d in choices {
                        let changes = RowChange.changes(from: table(a, b, "1"), to: table(c, d, "2"))
                        let expected = [("a", a, c), ("b", b, d)].filter { _, old, new in
                            guard old != new else { return false }
                            return (old == nil || new == nil) ? (old ?? new)?[0] != "not_committed" : true
                        }
                        #expect(changes.map(\.service) == expected.map { $0.0 })
                        for (change, (_, old, new)) in zip(changes, expected) {
                            #expect(change.kind == (old == nil ? .added : new == nil ? .removed : .changed))
                            let differing = [("verdict", 0), ("down_s", 1)].filter { old?[$0.1] != new?[$0.1] }
                            #expect(change.cells.map(\.column).filter { $0 != "service" } == differing.map(\.0))
                        }
                    }
                }
            }
        }
    }

    @Test func eachRowIsGivenTheFactsOfItsService() {
        let columns = ["service", "down_s"]
        let before = ReportTable(columns: columns, rows: [["a", "0"], ["b", "0"], ["c", "0"]])
        let after = ReportTable(columns: columns, rows: [["a", "1"], ["b", "1"], ["c", "0"]])
        let facts = [
            FactChange(kind: .terms, subject: "a", text: "x", services: ["a"]),
            FactChange(kind: .exclusion, subject: "E1", text: "x", services: ["a", "c"]),
        ]
        let changes = StatementChanges(from: before, to: after, facts: facts)
        #expect(changes.rows.map(\.facts) == [[0, 1], []])
        #expect(!changes.isEmpty)
        #expect(StatementChanges(from: before, to: before, facts: []).isEmpty)
    }
}
