import GRDB
import LedgerSupport
import SLA
import Testing

import enum SLAOracle.EveryCause

@testable import Ledger

/// A cause comes back as it was recorded, wherever it is kept.
@Suite struct KeptCauseTests {
    let directory: TemporaryDirectory
    let ledger: Ledger

    /// With what servers and people say besides.
    static let causes =
        EveryCause.causes + [
            .library(Excerpt("a\0b\n\u{1b}\"\\/é🙂")), .misconfigured(.pattern(Excerpt("abc", most: 2))),
            .behindRedirect(url: "https://h/", .behindRedirect(url: "https://i/", .text("{"))),
            .text("{"), .text("{}"), .text("{\"noAnswer\":{}}"), .text("{\"text\":{\"_0\":\"x\"}}"), .text(" {"),
        ]

    init() throws {
        directory = try TemporaryDirectory()
        ledger = try Ledger(directory: directory.path, access: .daemon)
    }

    private func texts() throws -> [String] {
        try ledger.database.read { try String.fetchAll($0, sql: "SELECT text FROM texts ORDER BY id") }
    }

    private func down(_ cause: Cause, at: Int64) -> Observation { observation(at, .down, cause: cause) }

    @Test func everyCauseOfASampleComesBack() throws {
        try ledger.commit(Batch(observations: Self.causes.enumerated().map { down($1, at: Int64($0)) }))
        let kept = try ledger.observations(of: web, in: span(0, 10_000)).map(\.cause)
        #expect(kept == Self.causes)
        // Each is a text of its own.
        #expect(try texts().count == Set(Self.causes).count)
    }

    @Test(arguments: causes.filter { $0 != .text("") })
    func everyCauseOfAnIncidentComesBack(_ cause: Cause) throws {
        let service = AffectedService(service: "web", customer: "acme", downSince: t(1), cause: cause)
        func event(_ at: Int64, _ change: IncidentEvent.Change) -> IncidentEvent {
            IncidentEvent(at: t(at), recordedAt: t(at), by: "availd", change)
        }
        let events = [
            event(1, .opened(.outage, cause: cause, services: [service])), event(2, .serviceDown(service)),
        ]
        _ = try ledger.openIncident(events)
        #expect(try ledger.read { try $0.incidents(asOf: t(9)) }.map(\.events) == [events])
    }

    @Test func aCauseIsKeptOnceThoughItIsFoundTwice() throws {
        for second in 0..<3 as Range<Int64> {
            try ledger.commit(
                Batch(observations: Self.causes.enumerated().map { down($1, at: second * 1000 + Int64($0)) }))
        }
        try ledger.close()
        // A daemon that knows none of them yet finds each again.
        let next = try Ledger(directory: directory.path, access: .daemon)
        try next.commit(Batch(observations: Self.causes.enumerated().map { down($1, at: 5000 + Int64($0)) }))
        let texts = try next.database.read { try String.fetchAll($0, sql: "SELECT text FROM texts") }
        #expect(texts.count == Set(Self.causes).count && Set(texts).count == texts.count)
        let kept = try next.observations(of: web, in: span(0, 10_000)).map(\.cause)
        #expect(kept == Self.causes + Self.causes + Self.causes + Self.causes)
    }

    /// As docs/format/ledger.md says: programs of others read it.
    @Test func aCauseIsKeptAsItIsDocumented() throws {
        let causes: [(Cause, String)] = [
            (.connection(.refused), "{\"connection\":{\"_0\":\"refused\"}}"), (.noAnswer, "{\"noAnswer\":{}}"),
            (
                .unexpected(.status(503, expected: [200...399])),
                "{\"unexpected\":{\"_0\":{\"status\":{\"_0\":503,\"expected\":[[200,399]]}}}}"
            ),
            (.text("refused"), "refused"), (.text("{"), "{\"text\":{\"_0\":\"{\"}}"),
        ]
        try ledger.commit(Batch(observations: causes.enumerated().map { down($1.0, at: Int64($0)) }))
        #expect(try texts() == causes.map(\.1))
    }

    /// What an earlier version kept was a sentence; some look like what is kept now, and are none.
    @Test(arguments: [
        "status 503, expected 200-399", "", "{", "{}", "{\"error\":\"refused\"}", "{\"connection\":{\"_0\":\"bored\"}}",
        "{\"unexpected\":{\"_0\":{\"status\":{\"_0\":503,\"expected\":[[399,200]]}}}}",
    ])
    func theWordsOfAnEarlierVersionAreRead(_ words: String) throws {
        try ledger.database.write { db in
            try db.execute(sql: "INSERT INTO texts (id, text) VALUES (7, ?)", arguments: [words])
            try db.execute(
                sql: """
                    INSERT INTO series (id, service, check_id) VALUES (3, 'web', 'default');
                    INSERT INTO samples (series, at, state, cause) VALUES (3, 1, \(SampleState.down.rawValue), 7);
                    """)
        }
        #expect(try ledger.observations(of: web, in: span(0, 9)).map(\.cause) == [.text(words)])
    }
}
