import SLA
import Testing

@testable import Ledger

/// Everything that a ledger says, a line each; compared with what `Migrations/make.py` wrote.
struct MigratedFacts {
    private(set) var lines: [String] = []

    mutating func add(_ table: String, _ facts: [some Any]) {
        lines += facts.map { "\(table): \($0)" }
    }

    init(_ snapshot: LedgerSnapshot) throws {
        let smtp = CheckID(service: "máy chủ", check: "smtp")
        let all = try span(-10, 1_000_000)
        add("samples", try snapshot.observations(of: web, in: all) + snapshot.observations(of: smtp, in: all))
        add("transitions", try snapshot.transitions(of: "web", in: all))
        add("daemon_events", try snapshot.daemonEvents(since: t(0)))
        add("outbox", try snapshot.alerts(of: AlertEvent.allCases, since: t(0)))
        add("outbox_deliveries", try snapshot.undelivered(after: 0, limit: 10).map(\.id))
        add("exclusions", try snapshot.exclusions())
        add("corrections", try snapshot.corrections())
        add("pass_ends", try snapshot.passEnds())
        add("service_records", try snapshot.serviceRecords())
        add("customer_records", try snapshot.catalogHistory().customers)
        add("billed_terms", try snapshot.catalogHistory().services["web"]?.billed ?? [])
        add("paid_withdrawals", try snapshot.paidWithdrawals())
        add("negotiations", try snapshot.negotiations())
        add("incident_events", try snapshot.incidents(asOf: .distantFuture).map { ($0.id, $0.events) })
        add("imports", try snapshot.imports())
        add("statements", try snapshot.statements())
        for statement in try snapshot.statements() {
            // The seals hold over what is read, so that not a byte of it is another.
            #expect(try snapshot.expectedSeal(of: statement) == statement.seal)
            add("statement_series", try snapshot.series(of: statement.number).map { ($0.check, Array($0.samples)) })
        }
        let maintenance = try snapshot.maintenance()
        add("maintenance_plans", maintenance.plans)
        add("maintenance_cancellations", maintenance.cancellations)
        add("maintenance_extensions", maintenance.extensions)
        add("notice_deliveries", maintenance.deliveries)
        add("notices", try snapshot.notices())
        add("claims", try snapshot.claims())
        add("acceptances", try snapshot.acceptances())
        add("agreement_records", Self.settings(try snapshot.agreementHistory().records))
    }

    private init() {}

    /// What ledgers with `tables` say.
    static func expected(of tables: Set<String>) throws -> MigratedFacts {
        var facts = MigratedFacts()
        try facts.addMonitoring()
        try facts.addExclusions(hasDetails: tables.contains("exclusion_details"))
        if tables.contains("corrections") { try facts.addCorrections() }
        if tables.contains("service_records") { try facts.addTerms() }
        if tables.contains("incident_events") { facts.addIncidents() }
        if tables.contains("imports") { facts.addImports() }
        if tables.contains("statements") { try facts.addStatements() }
        if tables.contains("notices") { try facts.addMaintenance() }
        if tables.contains("claims") { try facts.addSettlements() }
        if tables.contains("agreement_records") { try facts.addAgreements() }
        return facts
    }

    private mutating func addMonitoring() throws {
        let smtp = CheckID(service: "máy chủ", check: "smtp")
        add(
            "samples",
            [
                observation(1000),
                Observation(
                    check: web, sample: Sample(at: t(2000), state: .down),
                    phases: ProbePhases(name: 11, connect: 22, tls: 33, firstByte: 44, total: 55),
                    address: "2001:db8::1", cause: .text("greeted with \"a\"")),
                observation(-5, .unknown, check: smtp),
            ])
        add(
            "transitions",
            [
                Transition(service: "web", state: .down, since: t(2000), at: t(2500)),
                Transition(service: "web", state: .up, since: t(3000), at: t(3500)),
            ])
        add(
            "daemon_events",
            [
                DaemonEvent(kind: .start, at: t(900), pid: 7, version: "1.0"),
                DaemonEvent(kind: .clockStep, at: t(950), pid: 7, version: "1.0", text: "−2 s"),
            ])
        let fields = [Alert.Field("since", "07:00"), Alert.Field("cause", "a \"b\"")]
        add("outbox", [alert(.serviceDown, "web", 2500, fields), alert(.serviceUp, "web", 3500)])
        add("outbox_deliveries", [2])
    }

    private mutating func addExclusions(hasDetails: Bool) throws {
        let lock = ExclusionDetails(
            act: .lock, breach: "clause 4", outage: ExclusionDetails.Outage(service: "web", start: t(30)),
            origin: "imported")
        let open = try #require(Interval(t(30), Exclusion.openEnd))
        add(
            "exclusions",
            [
                RecordedExclusion(
                    exclusion: Exclusion(
                        id: "E1", category: .forceMajeure, scope: [.service("web"), .group("rack 3"), .all],
                        interval: try span(10, 20), noticeAt: t(1), evidence: "mail \"bảo trì\"", recordedAt: t(2),
                        recordedBy: "an", revokedAt: t(30)), revokedBy: "binh", revocationReason: "wrong rack"),
                RecordedExclusion(
                    exclusion: Exclusion(
                        id: "E2", category: .suspension, scope: [.customer("acme")], interval: open,
                        evidence: "letter"), details: hasDetails ? lock : ExclusionDetails()),
            ])
    }

    private mutating func addCorrections() throws {
        add(
            "corrections",
            [
                Correction(
                    kind: .void, id: "V1", scope: [.check(web), .family(.ipv6)], interval: try span(10, 20),
                    reason: "the cable", recordedAt: t(21), recordedBy: Correction.daemon,
                    revocation: Correction.Revocation(at: t(40), by: "an", reason: "it was the target")),
                Correction(
                    kind: .downtime, id: "D1", scope: [.services(.group("rack 3"))],
                    interval: try #require(Interval(t(30), Correction.openEnd)), reason: "mở", evidence: "mail",
                    recordedBy: "lan"),
            ])
        add(
            "pass_ends",
            [
                PassEnd(pass: 0, at: t(5000), next: 1, recordedAt: t(4000)),
                PassEnd(
                    pass: 3, check: CheckID(service: "máy chủ", check: "smtp"), at: nil, recordedAt: t(61)),
            ])
    }

    private mutating func addTerms() throws {
        let paid = IntervalSet([try span(-5, 5), try #require(Interval(t(10), .distantFuture))])
        let service = Service(
            id: "web", customer: "acme", groups: ["hanoi"], price: ExactDecimal("200000.50"), paid: paid,
            mode: .any,
            checks: [
                Check(probe: .unrecorded),
                Check(
                    id: "imap", interval: 7, timeout: 6, retryInterval: 5, confirm: 4, staleAfter: 3,
                    probe: .unrecorded),
            ])
        add(
            "service_records",
            [
                ServiceRecord(id: "web", service: service, recordedAt: t(5), recordedBy: "daemon"),
                ServiceRecord(id: "web", service: nil, recordedAt: t(9), recordedBy: "daemon"),
            ])
        let acme = Customer(id: "acme", name: "Công ty Acme", isVIP: true)
        add("customer_records", [CustomerRecord(customer: acme, recordedAt: t(5), recordedBy: "daemon")])
        let terms = [
            BilledTerm(interval: try span(0, 5), price: ExactDecimal("200000.5"), plan: "Hosting \"M\""),
            BilledTerm(interval: try #require(Interval(t(7), .distantFuture))),
        ]
        add("billed_terms", [BilledTerms(service: "web", terms: terms, recordedAt: t(6), recordedBy: "lan")])
        let end = PaidWithdrawal.Reinstatement(at: t(9), by: "an", reason: "it was")
        add(
            "paid_withdrawals",
            [
                PaidWithdrawal(
                    id: "W1", service: "web", interval: try span(1, 2), reason: "never paid", recordedAt: t(7),
                    recordedBy: "lan", reinstatement: end),
                PaidWithdrawal(
                    id: "W2", service: "web", interval: try span(3, 4), reason: "a mistake", recordedAt: t(8),
                    recordedBy: "lan"),
            ])
        let month = try #require(CivilMonth("2026-10"))
        add(
            "negotiations",
            [
                Negotiation(
                    month: month, service: "web", amount: ExactDecimal("150000"), reason: "letter", recordedAt: t(40),
                    recordedBy: "lan"),
                Negotiation(
                    month: month, service: "web", amount: nil, reason: "off", recordedAt: t(41), recordedBy: "lan"),
            ])
    }
}
