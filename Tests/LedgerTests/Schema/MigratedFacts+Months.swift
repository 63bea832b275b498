import Digests
import SLA
import Testing

@testable import Ledger

extension MigratedFacts {
    mutating func addIncidents() {
        func event(_ at: Int64, _ change: IncidentEvent.Change, by: String = "an", later: Int64 = 0) -> IncidentEvent {
            IncidentEvent(at: t(at), recordedAt: t(at + later), by: by, change)
        }
        let down = AffectedService(
            service: "web", customer: "acme", downSince: t(2000), addresses: ["2001:db8::1"], cause: .text("refused"))
        let outage = [
            event(2000, .opened(.outage, cause: .text("refused"), services: [down]), by: "availd", later: 500),
            event(2600, .classified(.upkeep, reason: "the disk")), event(3500, .resolved(note: "a new disk")),
        ]
        let slow = AffectedService(service: "api", customer: "beta")
        add(
            "incident_events",
            [
                ("I1", outage),
                ("I2", [event(50, .opened(.hand, cause: .text("slow"), services: [slow]), later: 1)]),
            ])
    }

    mutating func addImports() {
        let series = ImportedFile.Series(source: "WEB;HTTP", check: web, samples: 8, first: t(1000), last: t(4990))
        add(
            "imports",
            [
                RecordedImport(
                    number: 1,
                    file: ImportedFile(name: "old.csv", size: 99, digest: "ab12", format: "availd", series: [series]),
                    at: t(60), by: "lan", completedAt: t(61),
                    outcome: ImportOutcome(
                        recorded: 5, repeated: 2, kept: 1, dropped: [.init(reason: "in the future", count: 3)])),
                RecordedImport(
                    number: 2, file: ImportedFile(name: "rest.csv", size: 9, digest: "cd34", format: "nagios"),
                    at: t(62), by: "lan"),
            ])
    }

    mutating func addStatements() throws {
        let (csv, inputs) = ("service,month\r\nweb,2026-10\r\n", "availd statement inputs 1\n")
        let month = try #require(CivilMonth("2026-10"))
        var previous = ""
        let changes = StatementChanges(
            rows: [
                RowChange(
                    service: "web", kind: .changed, cells: [.init(column: "down_s", before: "0", after: "1")],
                    facts: [0])
            ], facts: [FactChange(kind: .samples, subject: "web default", text: "1 sample added")])
        let fact = #"{"kind":"samples","subject":"web default","text":"1 sample added"}"#
        let row =
            #"{"service":"web","kind":"changed","cells":[{"column":"down_s","before":"0","after":"1"}],"facts":[0]}"#
        for sequence in 1...2 {
            let number = StatementNumber(month: month, sequence: sequence)
            let draft = ClosedStatement.Draft(
                month: month, amends: sequence == 1 ? nil : StatementNumber(month: month, sequence: 1),
                closedAt: t(70), asOf: t(69), closedBy: "lan", reason: sequence == 1 ? "" : "late samples",
                program: "1.0.0", csv: Array(csv.utf8), inputs: inputs, series: [],
                digests: StatementDigests(
                    csv: Digest.text(of: csv), inputs: Digest.text(of: inputs), agreement: "a", terms: "b",
                    exclusions: "c", negotiations: "d", samples: "e"),
                changes: sequence == 1 ? StatementChanges() : changes, ledgerState: "series\t1\t1\t-\n")
            // The seal was taken over the text as it stands in the column.
            let json = sequence == 1 ? #"{"rows":[],"facts":[]}"# : #"{"rows":[\#(row)],"facts":[\#(fact)]}"#
            var statement = ClosedStatement(draft, number: number, previousSeal: previous, seal: "")
            statement.seal = Digest.text(of: statement.sealed(changes: Digest.text(of: json)))
            add("statements", [statement])
            previous = statement.seal
        }
        let samples = [(1000, .up), (2000, .up), (3000, .up), (4000, .down), (4990, .unknown)]
            .map { (at: Int64, state: SampleState) in Sample(at: t(at), state: state) }
        add("statement_series", [(web, samples)])
    }

    mutating func addMaintenance() throws {
        let days = WindowSeries(
            days: try #require(RecurringDays("last sunday")), start: try #require(WallTime("23:30")),
            end: try #require(WallTime("01:00")), first: try #require(CivilDate("2026-10-01")),
            last: CivilDate("2027-10-01"), exceptions: [try #require(CivilDate("2026-12-27"))])
        add(
            "maintenance_plans",
            [
                MaintenancePlan(
                    number: 1, kind: .emergency, scope: [.group("rack-3")], recurrence: .once(try span(80, 90)),
                    reason: "ổ đĩa", plannedAt: t(75), plannedBy: "lan"),
                MaintenancePlan(
                    number: 2, kind: .scheduled, scope: [.all], recurrence: .series(days), reason: "updates",
                    plannedAt: t(76), plannedBy: "lan"),
            ])
        add(
            "maintenance_cancellations",
            [
                MaintenanceCancellation(
                    plan: 2, date: CivilDate("2026-10-25"), at: t(77), by: "an", reason: "a holiday"),
                MaintenanceCancellation(plan: 1, date: nil, at: t(78), by: "an", reason: "no disks"),
            ])
        add(
            "maintenance_extensions",
            [
                MaintenanceExtension(
                    plan: 2, number: 1, date: try #require(CivilDate("2026-11-29")), until: t(99), at: t(78), by: "an",
                    reason: "slow")
            ])
        add(
            "notice_deliveries",
            [
                NoticeDelivery(
                    subject: .extension(2, 1), customer: nil, channel: .fanPage, at: t(78), recordedAt: t(79), by: "an",
                    answer: "https://x.example"),
                NoticeDelivery(
                    subject: .plan(1), customer: "acme", channel: .email, at: t(80), recordedAt: t(80), by: "availd",
                    answer: "250 OK"),
            ])
        let mail = [
            Notice.Attempt(
                at: t(77), by: "lan", result: Notice.Result(at: t(78), outcome: .deferred, answer: "451 later")),
            Notice.Attempt(
                at: t(79), by: "availd", result: Notice.Result(at: t(80), outcome: .delivered, answer: "250 OK")),
        ]
        add(
            "notices",
            [
                Notice(
                    number: 1, subject: .plan(1), customer: "acme", channel: .email, wantedAt: t(76), wantedBy: "lan",
                    attempts: mail),
                Notice(
                    number: 2, subject: .plan(2), customer: nil, channel: .website, wantedAt: t(76), wantedBy: "lan",
                    attempts: [Notice.Attempt(at: t(79), by: "availd", result: nil)]),
            ])
    }
}
