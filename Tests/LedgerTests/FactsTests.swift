import GRDB
import LedgerSupport
import SLA
import Testing

@testable import Ledger

@Suite struct FactsTests {
    let directory: TemporaryDirectory
    let ledger: Ledger

    init() throws {
        directory = try TemporaryDirectory()
        ledger = try Ledger(directory: directory.path, access: .daemon)
    }

    @Test func observationsComeBackAsTheyWere() throws {
        let whole = Observation(
            check: CheckID(service: "máy chủ", check: "smtp"), sample: Sample(at: t(-5), state: .down),
            phases: ProbePhases(name: 1, connect: 22, tls: 333, firstByte: 4444, total: .max), address: "2001:db8::1",
            cause: .unexpected(.status(503, expected: [200...399])))
        let bare = observation(7)
        let quoting = observation(8, .unknown, cause: .text("greeted with a\0b"))
        #expect(try ledger.commit(Batch(observations: [quoting, whole, bare])).recorded == 3)

        #expect(try ledger.observations(of: whole.check, in: span(-5, 0)) == [whole])
        #expect(try ledger.observations(of: web, in: span(0, 100), limit: 1) == [bare])
        #expect(
            try ledger.observations(of: web, in: span(0, 100)).map(\.cause) == [nil, .text("greeted with a\u{FFFD}b")])
        #expect(try ledger.observations(of: web, in: span(0, 8)) == [bare])
        #expect(try ledger.lastObservation(of: web, asOf: t(7)) == bare)
        #expect(try ledger.lastObservation(of: web, asOf: t(6)) == nil)
        #expect(try ledger.lastObservation(of: CheckID(service: "x", check: "y"), asOf: t(9)) == nil)
        #expect(try ledger.firstSampleAt() == t(-5))
        #expect(try ledger.sampleCount() == 3)
    }

    @Test func anEmptyLedgerHasNothing() throws {
        #expect(try ledger.commit(Batch()) == CommitResult())
        #expect(try ledger.firstSampleAt() == nil)
        #expect(try ledger.sampleCount() == 0)
        #expect(try ledger.exclusions().isEmpty)
        #expect(try ledger.latestAlerts(of: AlertEvent.allCases).isEmpty)
        #expect(try ledger.latestAlerts(of: []).isEmpty)
        #expect(try ledger.checkIntegrity().isEmpty)
        try ledger.samples(of: web, covering: span(0, 1), asOf: .distantFuture) { _ in Issue.record("a sample") }
    }

    @Test func theFirstOfTwoStatesStaysAndTheOtherIsReported() throws {
        try ledger.commit(Batch(observations: [observation(1, .down, cause: .text("refused"))]))
        let result = try ledger.commit(
            Batch(observations: [
                observation(1, .down, cause: .text("timeout")), observation(1, .up), observation(2, .up),
                observation(2, .unknown),
            ]))
        #expect(result.recorded == 1)
        #expect(result.repeated == 1)
        #expect(
            result.conflicts == [
                SampleConflict(check: web, at: t(1), kept: .down, refused: .up),
                SampleConflict(check: web, at: t(2), kept: .up, refused: .unknown),
            ])
        #expect(try ledger.observations(of: web, in: span(0, 9)).map(\.cause) == [.text("refused"), nil])
    }

    @Test func transitionsAndDaemonEventsComeBackInOrder() throws {
        let transitions = [
            Transition(service: "b", state: .down, since: t(5), at: t(9)),
            Transition(service: "a", state: .unmeasured, since: t(1), at: t(10)),
            Transition(service: "b", state: .up, since: t(8), at: t(10)),
        ]
        let events = [
            DaemonEvent(kind: .start, at: t(1), pid: 7, version: "1.0"),
            DaemonEvent(kind: .clockStep, at: t(3), pid: 7, version: "1.0", text: "−2 s"),
        ]
        try ledger.commit(Batch(transitions: transitions, daemonEvents: events))
        #expect(try ledger.latestTransitions() == [transitions[1], transitions[2]])
        #expect(try ledger.transitions(of: "b", in: span(9, 11)) == [transitions[0], transitions[2]])
        #expect(try ledger.transitions(of: "b", in: span(9, 10)) == [transitions[0]])
        #expect(try ledger.daemonEvents(since: t(1)) == events)
        #expect(try ledger.daemonEvents(since: t(2)) == [events[1]])
    }

    @Test func aSnapshotDoesNotSeeWhatComesAfterIt() throws {
        let writer = try Ledger(directory: directory.path, access: .recorder)
        try ledger.read { snapshot in
            #expect(try snapshot.sampleCount() == 0)
            try writer.commit(Batch(observations: [observation(1)]))
            #expect(try snapshot.sampleCount() == 0)
        }
        #expect(try ledger.sampleCount() == 1)
    }

    @Test func twoChecksCanBeReadAtOnce() throws {
        let mail = CheckID(service: "mail", check: "imap")
        try ledger.commit(
            Batch(observations: (0..<4).flatMap { [observation($0), observation($0 + 10, check: mail)] }))
        var seen: [Int64] = []
        try ledger.read { snapshot in
            try snapshot.samples(of: web, covering: span(1, 3), asOf: .distantFuture) { outer in
                seen.append(outer.at.milliseconds)
                try snapshot.samples(of: mail, covering: span(11, 12), asOf: .distantFuture) {
                    seen.append($0.at.milliseconds)
                }
            }
        }
        #expect(seen == [0, 10, 11, 12, 1, 10, 11, 12, 2, 10, 11, 12, 3, 10, 11, 12])
    }

    /// Every table is one of facts, and none can be forgotten when a version adds one. But for the row that says how far
    /// the ledger is.
    @Test func everyTableIsGuarded() throws {
        let (tables, triggers) = try ledger.database.read { db in
            (
                try String.fetchSet(
                    db,
                    sql: """
                        SELECT name FROM sqlite_schema
                        WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'
                            AND name <> 'position'
                        """),
                try String.fetchSet(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
            )
        }
        #expect(tables == Set(Schema.tables.map(\.name)))
        #expect(triggers == Set(tables.flatMap { ["\($0)_no_update", "\($0)_no_delete"] }))
    }

    @Test(arguments: SchemaVersion.v1.factTables, ["UPDATE", "DELETE"])
    func factsAreOnlyAdded(table: String, operation: String) throws {
        try ledger.commit(
            Batch(
                observations: [observation(1, .down, cause: .text("refused"))],
                transitions: [Transition(service: "web", state: .down, since: t(1), at: t(2))],
                alerts: [alert(.serviceDown, "web", 2)],
                daemonEvents: [DaemonEvent(kind: .start, at: t(1), pid: 1, version: "1")]))
        try ledger.markDelivered(ids: [1], at: t(3))
        try ledger.record(try exclusion("E1"))
        try ledger.revoke(id: "E1", at: t(4), by: "an", reason: "wrong")

        let error = failure(DatabaseError.self) {
            try ledger.database.write { db in
                let column = try #require(try db.columns(in: table).first?.name)
                try #require(try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") == 1)
                try db.execute(
                    sql: operation == "UPDATE" ? "UPDATE \(table) SET \(column) = \(column)" : "DELETE FROM \(table)")
            }
        }
        #expect(error?.message == "\(table): facts are only ever added")
        #expect(try ledger.sampleCount() == 1)
    }

    @Test func replacingIsRefusedToo() throws {
        try ledger.commit(Batch(observations: [observation(1, .down)]))
        let error = failure(DatabaseError.self) {
            try ledger.database.write { db in
                try db.execute(sql: "REPLACE INTO samples (series, at, state) VALUES (1, 1, 0)")
            }
        }
        #expect(error?.message == "samples: facts are only ever added")
    }

    @Test func commitsWaitForTheDisk() throws {
        let modes = try ledger.database.writeWithoutTransaction { db in
            (try Int.fetchOne(db, sql: "PRAGMA synchronous"), try String.fetchOne(db, sql: "PRAGMA journal_mode"))
        }
        #expect(modes.0 == 2)
        #expect(modes.1 == "wal")
        let recorder = try Ledger(directory: directory.path, access: .recorder)
        let second = try recorder.database.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        #expect(second == 2)
    }
}

func exclusion(_ id: String, revokedAt: Instant? = nil) throws -> Exclusion {
    Exclusion(
        id: id, category: .scheduledMaintenance, scope: [.service("web"), .group("rack 3"), .all],
        interval: try span(10, 20), noticeAt: t(1), evidence: "mail \"bảo trì\"", recordedAt: t(2), recordedBy: "an",
        revokedAt: revokedAt)
}
