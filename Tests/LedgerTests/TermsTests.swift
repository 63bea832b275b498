import GRDB
import LedgerSupport
import SLA
import Testing

@testable import Ledger

@Suite struct TermsTests {
    let directory: TemporaryDirectory
    let ledger: Ledger

    init() throws {
        directory = try TemporaryDirectory()
        ledger = try Ledger(directory: directory.path, access: .daemon)
    }

    private func service(_ id: String, price: String? = nil, end: Int64? = nil) throws -> Service {
        Service(
            id: id, customer: "acme", groups: ["rack-3", "hanoi"], price: price.flatMap { ExactDecimal($0) },
            paid: IntervalSet([try span(-5, 5), try #require(Interval(t(10), end.map(t) ?? .distantFuture))]),
            mode: .any,
            checks: [
                Check(probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1)),
                Check(
                    id: "imap", interval: 7, timeout: 6, retryInterval: 5, confirm: 4, staleAfter: 3, probe: .unrecorded
                ),
            ])
    }

    private func catalog(_ services: [Service], name: String = "Công ty Acme") -> Catalog {
        Catalog(
            agreement: Agreement(calendar: CivilCalendar(zone: .utc)),
            customers: [Customer(id: "acme", name: name, email: "it@acme.example", isVIP: true)], services: services)
    }

    private func record(_ catalog: Catalog, at: Int64, onlyNew: Bool = false) throws {
        try ledger.commit(
            Batch(catalog: CatalogRecord(catalog, at: t(at), by: "daemon", ofNewServicesOnly: onlyNew)))
    }

    private func records() throws -> [ServiceRecord] { try ledger.read { try $0.serviceRecords() } }

    @Test func aServiceComesBackAsItWasButForItsProbesAndTheAddress() throws {
        let both = [try service("web", price: "200000.50"), try service("free", end: 99)]
        try record(catalog(both), at: 1)
        #expect(
            try records()
                == both.sorted { $0.id < $1.id }.map {
                    ServiceRecord(id: $0.id, service: $0.withoutProbes, recordedAt: t(1), recordedBy: "daemon")
                })
        let customer = Customer(id: "acme", name: "Công ty Acme", isVIP: true)
        #expect(
            try ledger.read { try $0.catalogHistory() }.customers
                == [CustomerRecord(customer: customer, recordedAt: t(1), recordedBy: "daemon")])
    }

    @Test func onlyWhatHasChangedIsRecorded() throws {
        let (web, mail) = (try service("web"), try service("mail"))
        try record(catalog([web, mail]), at: 1)
        var probed = web
        probed.checks[0].probe.url = "tcp://other:1"
        try record(catalog([probed, mail]), at: 2)
        // What is asked of the network is kept in words.
        #expect(try records().map(\.recordedAt) == [t(1), t(1), t(2)])
        try record(catalog([try service("web", price: "1")], name: "Acme"), at: 3)
        #expect(try records().map(\.recordedAt) == [t(1), t(1), t(2), t(3), t(3)])
        #expect(try records().last?.service == nil)
        #expect(try ledger.read { try $0.catalogHistory() }.customers.map(\.customer.name) == ["Công ty Acme", "Acme"])
        // Gone is gone: said once.
        try record(catalog([try service("web", price: "1.0")], name: "Acme"), at: 4)
        #expect(try records().count == 5)
        try record(catalog([try service("web", price: "1"), mail], name: "Acme"), at: 5)
        #expect(
            try records().last
                == ServiceRecord(id: "mail", service: mail.withoutProbes, recordedAt: t(5), recordedBy: "daemon"))
    }

    @Test func theCommandLineRecordsOnlyWhatNobodyHasSeen() throws {
        try record(catalog([try service("web")]), at: 1)
        try record(catalog([try service("mail")], name: "Other"), at: 2, onlyNew: true)
        #expect(try records().map(\.id) == ["web", "mail"])
        #expect(try ledger.read { try $0.catalogHistory() }.customers.count == 1)
    }

    @Test func theSameBillTwiceIsOne() throws {
        let terms = [
            BilledTerm(interval: try span(0, 5), price: ExactDecimal("200000.5"), plan: "Hosting \"M\", yearly"),
            BilledTerm(interval: try #require(Interval(t(7), .distantFuture))),
        ]
        func bill(_ terms: [BilledTerm], at: Int64) throws -> [String] {
            let billed = BilledTerms(service: "web", terms: terms, recordedAt: t(at), recordedBy: "lan")
            return try ledger.record([billed], CatalogRecord(catalog([try service("web")]), at: t(at), by: "lan"))
        }
        #expect(try bill(terms, at: 1) == ["web"])
        #expect(try bill(terms.reversed(), at: 2) == [])
        #expect(try bill([terms[0]], at: 3) == ["web"])
        let kept = try #require(try ledger.read { try $0.catalogHistory() }.services["web"])
        #expect(
            kept.billed == [
                BilledTerms(service: "web", terms: terms, recordedAt: t(1), recordedBy: "lan"),
                BilledTerms(service: "web", terms: [terms[0]], recordedAt: t(3), recordedBy: "lan"),
            ])
        #expect(kept.records.count == 1)
    }

    @Test func aWithdrawalIsEndedOnce() throws {
        let record = CatalogRecord(catalog([try service("web")]), at: t(1), by: "lan")
        func withdraw(_ from: Int64) throws -> PaidWithdrawal {
            var withdrawal = PaidWithdrawal(
                id: "", service: "web", interval: try span(from, from + 1), reason: "never paid", recordedAt: t(2),
                recordedBy: "lan")
            withdrawal.id = try ledger.record(withdrawal, record)
            return withdrawal
        }
        var first = try withdraw(1)
        let second = try withdraw(2)
        #expect([first.id, second.id] == ["W1", "W2"])
        let end = PaidWithdrawal.Reinstatement(at: t(3), by: "an", reason: "it was")
        try ledger.reinstate(id: "W1", end)
        first.reinstatement = end
        #expect(try ledger.read { try $0.paidWithdrawals() } == [first, second])
        #expect(
            failure(TermsError.self) { try ledger.reinstate(id: "W1", end) }?.description
                == "withdrawal W1 is already reinstated, at 1970-01-01T00:00:00.003Z by an: it was")
        #expect(failure(TermsError.self) { try ledger.reinstate(id: "E1", end) } == .unknown(id: "E1"))
    }

    @Test func theVersionGrowsWithWhatPeopleRecordAndOnlyThen() throws {
        var versions = [try ledger.termsVersion()]
        try record(catalog([try service("web")]), at: 1)
        #expect(try ledger.termsVersion() == versions[0])
        let none = CatalogRecord(catalog([]), at: t(1), by: "lan", ofNewServicesOnly: true)
        let terms = [BilledTerm(interval: try span(0, 1))]
        _ = try ledger.record([BilledTerms(service: "web", terms: terms, recordedAt: t(1), recordedBy: "")], none)
        versions.append(try ledger.termsVersion())
        _ = try ledger.record(
            PaidWithdrawal(
                id: "", service: "web", interval: try span(0, 1), reason: "", recordedAt: t(1), recordedBy: ""), none)
        versions.append(try ledger.termsVersion())
        try ledger.reinstate(id: "W1", PaidWithdrawal.Reinstatement(at: t(2), by: "", reason: ""))
        versions.append(try ledger.termsVersion())
        #expect(versions == [0, 1, 2, 3])
    }

    /// What no reader of amounts takes today was taken once, and is a number for ever.
    @Test(arguments: ["150.000", "150000.00", "007", "-0", "0.123456789"])
    func whatWasOnceTakenAsAnAmountStaysReadable(text: String) throws {
        let amount = try #require(ExactDecimal(text))
        try record(catalog([try service("web", price: text)]), at: 1)
        let terms = [BilledTerm(interval: try span(0, 10), price: amount)]
        let none = CatalogRecord(catalog([]), at: t(1), by: "lan", ofNewServicesOnly: true)
        _ = try ledger.record([BilledTerms(service: "web", terms: terms, recordedAt: t(2), recordedBy: "lan")], none)
        let month = try #require(CivilMonth("2026-10"))
        try ledger.record(
            Negotiation(
                month: month, service: "web", amount: amount, reason: "letter", recordedAt: t(3), recordedBy: "lan"))
        let history = try #require(try ledger.read { try $0.catalogHistory() }.services["web"])
        #expect(history.records.map { $0.service?.price?.description } == [text])
        #expect(history.billed.flatMap(\.terms).map { $0.price?.description } == [text])
        #expect(try ledger.read { try $0.negotiations() }.map { $0.amount?.description } == [text])
    }

    @Test func negotiationsStayInTheirOrder() throws {
        let month = try #require(CivilMonth("2026-10"))
        let records = [ExactDecimal("150000"), ExactDecimal("0.05"), nil].enumerated().map { index, amount in
            Negotiation(
                month: month, service: "web", amount: amount, reason: "letter \(index)",
                recordedAt: t(5 - Int64(index)),
                recordedBy: "lan")
        }
        for record in records { try ledger.record(record) }
        #expect(try ledger.read { try $0.negotiations() } == records)
    }

    @Test func theAgreementIsRecordedWhereItDiffers() throws {
        var promised = catalog([])
        func record(_ objective: Int64, at: Int64, onlyNew: Bool = false) throws {
            var agreement = promised.agreement
            agreement.objective = ExactDecimal(objective)
            promised = Catalog(agreement: agreement, customers: [], services: [])
            try self.record(promised, at: at, onlyNew: onlyNew)
        }
        try record(99, at: 1, onlyNew: true)
        try record(99, at: 2)
        // The command line does not speak for the daemon's configuration.
        try record(98, at: 3, onlyNew: true)
        try record(97, at: 4)
        try record(99, at: 5)
        let history = try ledger.read { try $0.agreementHistory() }
        #expect(
            history.records.map { "\($0.recordedAt.milliseconds) \($0.agreement.objective) \($0.recordedBy)" }
                == ["1 99 daemon", "4 97 daemon", "5 99 daemon"])
    }

    @Test(arguments: [
        ("objective", "objective is none, expected a decimal number above 0 and at most 100, as 99.95"),
        ("objective=x", "objective=x is none, expected a decimal number above 0 and at most 100, as 99.95"),
        ("objektive=99", "objektive is no AgreementSetting"),
    ])
    func anAgreementThatCannotBeIsDamage(settings: String, reason: String) throws {
        try ledger.write { db in
            try db.execute(
                sql: "INSERT INTO agreement_records (at, by, settings) VALUES (1, '', ?)", arguments: [settings])
        }
        #expect(
            failure(LedgerError.self) { try ledger.read { try $0.agreementHistory() } }
                == .damaged(
                    path: ledger.path, reason: "row 1 of agreement_records, column settings: \(reason)"))
    }

    @Test func whatCannotBeIsDamageAndNoCrash() throws {
        for (column, value, type) in [
            ("paid", "7", "IntervalSet"), ("paid", "9/7", "IntervalSet"), ("checks", "", "Array<Check>"),
            ("checks", "a b", "Array<Check>"), ("price", "x", "ExactDecimal"),
        ] {
            let other = try TemporaryDirectory()
            let ledger = try Ledger(directory: other.path, access: .daemon)
            let row = ["paid": "1/2", "checks": "default 1 1 1 1 1", "price": "5"].merging([column: value]) { $1 }
            try ledger.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO service_records (service, at, by, customer, group_names, price, paid, mode, checks)
                        VALUES ('web', 1, '', 'acme', '', ?, ?, 'all', ?)
                        """,
                    arguments: [row["price"], row["paid"], row["checks"]])
            }
            let error = failure(LedgerError.self) { try ledger.read { try $0.catalogHistory() } }
            let reason = "row 1 of service_records, column \(column): \(value) is no \(type)"
            #expect(error == .damaged(path: ledger.path, reason: reason))
        }
    }
}
