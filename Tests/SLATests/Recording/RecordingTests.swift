import SLAOracle
import Testing

@testable import SLA

/// What is recorded of a request, by what is recorded already.
@Suite struct RecordingTests {
    private func service(_ id: String, price: String? = nil) -> Service {
        Service(
            id: id, customer: "acme", price: price.flatMap { ExactDecimal($0) },
            paid: IntervalSet(Interval(.distantPast, .distantFuture)),
            checks: [Check(probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))])
    }

    private let agreement = Agreement(calendar: CivilCalendar(zone: .utc))

    private func promise(_ agreement: Agreement) -> Fact {
        .agreement(AgreementRecord(agreement: agreement, recordedAt: t(5), recordedBy: "an"))
    }

    private func catalog(
        _ services: [Service], name: String = "Acme", language: NoticeLanguage? = nil
    ) -> CatalogRecord {
        CatalogRecord(
            Catalog(
                agreement: agreement,
                customers: [Customer(id: "acme", name: name, email: "it@acme.example", language: language)],
                services: services),
            at: t(5), by: "an")
    }

    private func record(_ id: String, _ service: Service?) -> Fact {
        .service(ServiceRecord(id: id, service: service, recordedAt: t(5), recordedBy: "an"))
    }

    private func customer(_ name: String) -> Fact {
        .customer(CustomerRecord(customer: Customer(id: "acme", name: name), recordedAt: t(5), recordedBy: "an"))
    }

    @Test func theConfigurationIsRecordedWhereItDiffers() {
        let web = service("web", price: "5")
        let nothing = LatestRecords()
        #expect(
            nothing.facts(of: catalog([web])) == [
                record("web", web.withoutProbes), customer("Acme"), promise(agreement),
            ])
        let latest = LatestRecords(
            services: ["web": web.withoutProbes, "gone": nil, "mail": service("mail").withoutProbes],
            customers: ["acme": Customer(id: "acme", name: "Acme")], agreement: agreement)
        #expect(latest.facts(of: catalog([web, service("mail")])).isEmpty)
        let next = service("web", price: "6")
        #expect(
            latest.facts(of: catalog([next, service("gone")], name: "ACME")) == [
                record("gone", service("gone").withoutProbes), record("web", next.withoutProbes), record("mail", nil),
                customer("ACME"),
            ])
    }

    /// What the ledger does not keep makes no other record of what it has.
    @Test func whatIsNotKeptMakesNoDifference() {
        var web = service("web")
        web.responsibility = Responsibility(addresses: ["192.0.2.1"])
        let request = catalog([web], language: .vietnamese)
        let latest = LatestRecords(
            services: ["web": service("web").withoutProbes], customers: ["acme": Customer(id: "acme", name: "Acme")],
            agreement: agreement)
        #expect(latest.facts(of: request).isEmpty)
        #expect(
            LatestRecords().facts(of: request) == [
                record("web", service("web").withoutProbes), customer("Acme"), promise(agreement),
            ])
    }

    @Test func theCommandLineRecordsOnlyWhatNobodyHasSeen() {
        let latest = LatestRecords(
            services: ["web": service("web").withoutProbes, "mail": service("mail").withoutProbes],
            customers: ["acme": Customer(id: "acme", name: "Acme")], agreement: agreement)
        var request = catalog([service("web", price: "6"), service("new")], name: "ACME")
        request.isOfNewServicesOnly = true
        #expect(latest.facts(of: request) == [record("new", service("new").withoutProbes)])
    }

    @Test func theSameBillTwiceIsOne() {
        func bill(_ service: String, _ start: Int64) -> BilledTerms {
            BilledTerms(
                service: service, terms: [BilledTerm(interval: span(start, start + 5))], recordedAt: t(1),
                recordedBy: "an")
        }
        #expect(
            BilledTerms.facts(
                of: [bill("web", 1), bill("mail", 1), bill("new", 1)],
                since: [
                    "web": bill("web", 1), "mail": bill("mail", 2),
                ]) == [.billedTerms(bill("mail", 1)), .billedTerms(bill("new", 1))])
    }

    @Test func aWithdrawalIsEndedOnce() throws {
        let end = PaidWithdrawal.Reinstatement(at: t(9), by: "an", reason: "paid after all")
        var withdrawal = PaidWithdrawal(
            id: "W1", service: "web", interval: span(1, 2), reason: "never paid", recordedAt: t(3), recordedBy: "an")
        #expect(
            try PaidWithdrawal.reinstating("W1", end, among: [withdrawal]) == .reinstatement(withdrawal: "W1", end))
        #expect(throws: TermsError.unknown(id: "W2")) {
            try PaidWithdrawal.reinstating("W2", end, among: [withdrawal])
        }
        withdrawal.reinstatement = end
        #expect(throws: TermsError.alreadyReinstated(id: "W1", at: t(9), by: "an", reason: "paid after all")) {
            try PaidWithdrawal.reinstating("W1", end, among: [withdrawal])
        }
    }

    @Test func anIncidentOpensUnderTheNextNumberAndIsAddedTo() throws {
        func event(_ at: Int64, _ change: IncidentEvent.Change) -> IncidentEvent {
            IncidentEvent(at: t(at), recordedAt: t(at), by: "an", change)
        }
        let opening = event(
            1, .opened(.hand, cause: .text("slow"), services: [AffectedService(service: "web", customer: "acme")]))
        let incident = try Incident.opening([opening], after: 6)
        #expect(incident.id == "I7")
        #expect(
            incident.facts(of: [opening]) == [.incidentEvent(RecordedIncidentEvent(incident: 7, event: opening))])
        #expect(throws: IncidentError.refused(id: "I1", .notOpened)) { try Incident.opening([], after: 0) }
        let taken = try incident.adding(event(2, .acknowledged))
        #expect(taken.acknowledgedAt == t(2))
        #expect(throws: IncidentError.refused(id: "I7", .acknowledgedTwice(at: t(2), by: "an"))) {
            try taken.adding(event(3, .acknowledged))
        }
    }

    @Test func anInterruptedImportOfTheSameContentGoesOn() {
        func file(_ digest: String, _ source: String, format: String = "nagios") -> ImportedFile {
            ImportedFile(
                name: "a", size: 1, digest: digest, format: format,
                series: [
                    ImportedFile.Series(
                        source: source, check: CheckID(service: "web", check: "default"), samples: 1, first: t(1),
                        last: t(1))
                ])
        }
        func imported(_ number: Int64, _ file: ImportedFile, isComplete: Bool = false) -> RecordedImport {
            RecordedImport(
                number: number, file: file, at: t(1), by: "an", completedAt: isComplete ? t(2) : nil,
                outcome: isComplete ? ImportOutcome() : nil)
        }
        let imports = [
            imported(1, file("aa", "web")), imported(2, file("aa", "web"), isComplete: true),
            imported(3, file("bb", "web")), imported(4, file("cc", "mail")),
        ]
        func unfinished(_ file: ImportedFile) -> Int64? { RecordedImport.unfinished(file, among: imports)?.number }
        #expect(unfinished(file("aa", "web")) == 1)
        #expect(unfinished(file("aa", "web", format: "csv")) == nil)
        #expect(unfinished(file("bb", "web")) == 3)
        #expect(unfinished(file("cc", "web")) == nil)
        #expect(unfinished(file("dd", "web")) == nil)
    }
}
