import GRDB
import SLA
import Testing

@testable import Ledger

/// A row that cannot mean anything is named by its table, its number and its column.
@Suite struct DamageTests {
    struct Case: Sendable {
        let sql: String
        let reason: String
        let read: @Sendable (LedgerSnapshot) throws -> Void

        init(_ sql: String, _ reason: String, _ read: @escaping @Sendable (LedgerSnapshot) throws -> Void) {
            self.sql = sql
            self.reason = reason
            self.read = read
        }
    }

    static let exclusion =
        "INSERT INTO exclusions VALUES (7, 'E1', 'third_party', '[\"all\"]', 1, 2, NULL, '', NULL, '', NULL);"

    static let cases: [Case] = [
        Case(
            exclusion.replacing("third_party", with: "luck"),
            "row 7 of exclusions, column category: luck is no ExclusionCategory"
        ) { _ = try $0.exclusions() },
        Case(
            exclusion.replacing("\"all\"", with: "\"none\""),
            "row 7 of exclusions, column scope: none is no ScopeTerm"
        ) { _ = try $0.exclusions() },
        Case(
            exclusion.replacing("\"all\"", with: "1"), "row 7 of exclusions, column scope: unexpected JSON [1]"
        ) { _ = try $0.exclusions() },
        Case(
            exclusion + "INSERT INTO exclusion_details VALUES (7, 'rain', NULL, NULL, NULL, NULL, NULL)",
            "row 7 of exclusion_details, column kind: rain is no ForceMajeureKind"
        ) { _ = try $0.exclusions() },
        Case(
            "INSERT INTO daemon_events VALUES (3, 'stop', 1, 5000000000, '', '')",
            "row 3 of daemon_events: could not decode Int32 from database value 5000000000 - column: \"pid\", "
                + "column index: 3"
        ) { _ = try $0.daemonEvents(since: t(0)) },
        Case(
            "INSERT INTO outbox VALUES (2, 'bored', 'web', 1, '[]')",
            "row 2 of outbox, column event: bored is no AlertEvent"
        ) { _ = try $0.undelivered(after: 0, limit: 1) },
        Case(
            "INSERT INTO billed_terms VALUES (4, 'web', '[[5,1,null,\"\"]]', 1, '')",
            "row 4 of billed_terms, column terms: billed terms of service web that make no sense"
        ) { _ = try $0.latestBilledTerms() },
        Case(
            "INSERT INTO negotiations VALUES (1, '2026-13', 'web', NULL, '', 1, '')",
            "row 1 of negotiations, column month: 2026-13 is no CivilMonth"
        ) { _ = try $0.negotiations() },
        Case(
            "INSERT INTO negotiations VALUES (1, '2026-12', 'web', '1,5', '', 1, '')",
            "row 1 of negotiations, column amount: 1,5 is no ExactDecimal"
        ) { _ = try $0.negotiations() },
        Case(
            "INSERT INTO incident_events VALUES (5, 1, 1, 1, '', 'service_down', NULL, '', '[]')",
            "row 5 of incident_events, column kind: an event of an incident without what it says"
        ) { _ = try $0.incidents(asOf: .distantFuture) },
        Case(
            """
            INSERT INTO imports VALUES (1, '', 0, '', '', 1, '');
            INSERT INTO import_results VALUES (6, 1, 1, 0, 0, 0, '[["x","y"]]')
            """, "row 6 of import_results, column dropped: unexpected JSON [[\"x\",\"y\"]]"
        ) { _ = try $0.imports() },
        Case(
            """
            INSERT INTO maintenance_plans
            VALUES (2, 'scheduled', '[]', NULL, NULL, 'someday', 1, 2, '2026-10-01', NULL, '[]', '', 1, '')
            """, "row 2 of maintenance_plans, column days: someday is no RecurringDays"
        ) { _ = try $0.maintenance() },
        Case(
            "INSERT INTO notices VALUES (9, 'E1', NULL, 'email', 1, '')",
            "row 9 of notices, column subject: E1 is no NoticeSubject"
        ) { _ = try $0.notice(9) },
    ]

    @Test(arguments: cases.indices)
    func isNamedByItsPlace(index: Int) throws {
        let (directory, it) = (try TemporaryDirectory(), Self.cases[index])
        let ledger = try Ledger(directory: directory.path, access: .recorder)
        try ledger.database.write { try $0.execute(sql: it.sql) }
        let error = failure(LedgerError.self) { try ledger.read(it.read) }
        #expect(error == .damaged(path: directory.ledger, reason: it.reason))
    }

    /// Nor can a sample be what no sample is, though its check says so.
    @Test func aSampleIsNamedByItsSeriesAndInstant() throws {
        let directory = try TemporaryDirectory()
        let ledger = try Ledger(directory: directory.path, access: .recorder)
        try ledger.database.write { db in
            try db.execute(
                sql: """
                    PRAGMA ignore_check_constraints = ON;
                    INSERT INTO series VALUES (1, 'web', 'default', 0);
                    INSERT INTO samples (series, at, state) VALUES (1, 17, 7);
                    """)
        }
        let error = LedgerError.damaged(
            path: directory.ledger, reason: "row (1, 17) of samples, column state: 7 is no SampleState")
        let reads: [(LedgerSnapshot) throws -> Void] = [
            { try $0.samples(of: web, covering: span(0, 20), asOf: .distantFuture) { _ in } },
            { _ = try $0.samples(of: web, from: t(0), through: t(20)) },
            { _ = try $0.compare([Sample(at: t(17), state: .up)], of: web) },
        ]
        for read in reads { #expect(failure(LedgerError.self) { try ledger.read(read) } == error) }
        #expect(
            failure(LedgerError.self) { try ledger.read { try $0.lastObservation(of: web, asOf: t(20)) } }
                == .damaged(path: directory.ledger, reason: "row 17 of samples, column state: 7 is no SampleState"))
    }
}
