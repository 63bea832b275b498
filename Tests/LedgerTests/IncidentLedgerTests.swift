import Foundation
import GRDB
import LedgerSupport
import SLA
import Testing

@testable import Ledger

@Suite struct IncidentLedgerTests {
    let directory: TemporaryDirectory
    let ledger: Ledger

    private static let service = AffectedService(
        service: "máy chủ", customer: "acme", downSince: t(-5), addresses: ["192.0.2.1", "2001:db8::1"],
        cause: .text("greeted with \"a\" 🙂"))

    private let opening = event(10, .opened(.hand, cause: .text("sai, \"tổng\""), services: [service]))

    init() throws {
        directory = try TemporaryDirectory()
        ledger = try Ledger(directory: directory.path, access: .daemon)
    }

    private static func event(_ at: Int64, _ change: IncidentEvent.Change, by: String = "an") -> IncidentEvent {
        IncidentEvent(at: t(at), recordedAt: t(at + 1), by: by, change)
    }

    private func incidents(_ asOf: Int64 = 1_000_000) throws -> [Incident] {
        try ledger.read { try $0.incidents(asOf: t(asOf)) }
    }

    @Test func everyEventComesBackAsItWas() throws {
        #expect(try incidents().isEmpty)
        let changes: [IncidentEvent.Change] = [
            .serviceDown(AffectedService(service: "b", customer: "beta")), .acknowledged, .waiting(reason: "the log"),
            .resumed, .recovered, .classified(.outOfScope, reason: "W2"), .noted("a\nb"),
            .irrecoverable(advice: "restore"), .classified(.upkeep, reason: ""),
        ]
        #expect(try ledger.openIncident([opening]).id == "I1")
        for (index, change) in changes.enumerated() {
            _ = try ledger.record(Self.event(20 + Int64(index), change), ofIncident: "I1")
        }
        let outage = Self.event(50, .opened(.outage, cause: .text("refused"), services: [Self.service]), by: "availd")
        #expect(try ledger.openIncident([outage, Self.event(50, .resolved(note: "x"))]).id == "I2")

        let expected = [opening] + changes.enumerated().map { Self.event(20 + Int64($0), $1) }
        #expect(try incidents().map(\.events) == [expected, [outage, Self.event(50, .resolved(note: "x"))]])
        #expect(try incidents().allSatisfy { !$0.isOpen })
        // As of each instant, exactly what had been recorded by then.
        for asOf in 0...60 as ClosedRange<Int64> {
            let known = try incidents(asOf).first?.events ?? []
            #expect(known == expected.filter { $0.recordedAt <= t(asOf) })
        }
        #expect(try ledger.read { try $0.incident("I2", asOf: t(50)) } == nil)
        for id in ["I02", "i1", "1", "I", "I-1", "I3"] {
            #expect(try ledger.read { try $0.incident(id, asOf: .distantFuture) } == nil)
        }
    }

    @Test func whatCannotBeIsRefusedAndNothingIsRecorded() throws {
        _ = try ledger.openIncident([opening])
        let resumed = failure(IncidentError.self) { try ledger.record(Self.event(20, .resumed), ofIncident: "I1") }
        #expect(resumed == .refused(id: "I1", .notWaiting))
        #expect(resumed?.description == "incident I1: it does not wait for the customer")
        let bad = failure(IncidentError.self) {
            try ledger.openIncident([opening, Self.event(20, .classified(.outOfScope, reason: " "))])
        }
        guard case .refused("I2", .needsText) = bad else {
            Issue.record("\(String(describing: bad))")
            return
        }
        #expect(try incidents().map(\.events.count) == [1])
    }

    /// Two programs that end it at once: one does, the other is told who was first.
    @Test func ofManyWhoEndItAtOnceOneDoes() async throws {
        _ = try ledger.openIncident([opening])
        let outcomes = await withTaskGroup(of: Result<String, any Error>.self) { group in
            for name in ["an", "binh", "chi", "dung"] {
                group.addTask { [path = directory.path] in
                    Result {
                        let other = try Ledger(directory: path, access: .recorder)
                        defer { try? other.close() }
                        _ = try other.record(Self.event(30, .resolved(note: name), by: name), ofIncident: "I1")
                        return name
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var (ended, told): ([String], [IncidentError]) = ([], [])
        for outcome in outcomes {
            switch outcome {
            case .success(let name): ended.append(name)
            case .failure(let error): told.append(try #require(error as? IncidentError))
            }
        }
        let first = try #require(ended.first)
        #expect(ended.count == 1)
        #expect(told == Array(repeating: .refused(id: "I1", .ended(.resolved, at: t(30), by: first)), count: 3))
        #expect(try incidents()[0].events.count == 2)
    }

    /// Many who open at once get numbers of their own.
    @Test func everyIncidentHasANumberOfItsOwn() async throws {
        let ids = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<4 {
                group.addTask { [path = directory.path, opening] in
                    let other = try Ledger(directory: path, access: .recorder)
                    defer { try? other.close() }
                    return try (0..<5).map { _ in try other.openIncident([opening]).id }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(ids) == Set((1...20).map { "I\($0)" }))
        #expect(ids.count == 20)
    }

    @Test func aBatchDecidedOnWhatIsNoLongerSoIsNotRecorded() throws {
        let version = try ledger.read { try $0.incidentsVersion() }
        var batch = Batch(observations: [observation(1, .down)])
        batch.incidentEvents = [RecordedIncidentEvent(incident: 1, event: opening)]
        batch.incidentsVersion = version
        #expect(!batch.isEmpty)
        let other = try Ledger(directory: directory.path, access: .recorder)
        _ = try other.openIncident([opening])
        #expect(failure(IncidentError.self) { try ledger.commit(batch) } == .changed)
        #expect(try ledger.sampleCount() == 0)
        batch.incidentEvents = [RecordedIncidentEvent(incident: 2, event: opening)]
        batch.incidentsVersion = try ledger.read { try $0.incidentsVersion() }
        try ledger.commit(batch)
        #expect(try ledger.sampleCount() == 1)
        #expect(try incidents().map(\.id) == ["I1", "I2"])
        #expect(try ledger.read { try $0.lastIncidentNumber() } == 2)
    }

    @Test(arguments: ["UPDATE incident_events SET by = 'x'", "DELETE FROM incident_events"])
    func theHistoryIsOnlyAddedTo(_ sql: String) throws {
        _ = try ledger.openIncident([opening])
        let error = failure(DatabaseError.self) { try ledger.database.write { try $0.execute(sql: sql) } }
        #expect(error?.message == "incident_events: facts are only ever added")
    }

    @Test func aHistoryThatCannotBeIsDamage() throws {
        _ = try ledger.openIncident([opening])
        try ledger.database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO incident_events (incident, at, recorded_at, by, kind, text, services)
                    VALUES (1, 20, 20, 'an', 'resumed', '', '[]')
                    """)
        }
        let error = failure(LedgerError.self) { try incidents() }
        #expect(
            error == .damaged(path: ledger.path, reason: "incident I1: it does not wait for the customer"))
    }
}
