import Ledger
import LedgerSupport
import SLA
import Testing

@testable import Monitor
@testable import UseCases

@Suite struct IncidentBookTests {
    private let folder = StateFolder()
    /// Monday, 2026-10-05T00:00:00Z.
    private let start = Instant(milliseconds: 1_791_158_400_000)
    private let hour: Milliseconds = 3_600_000

    private func outage(_ service: String, at instant: Instant) -> Batch {
        Batch(
            observations: [observation(service, instant, .down)],
            transitions: [Transition(service: service, state: .down, since: instant, at: instant + 1000)],
            alerts: [Alert(event: .serviceDown, subject: service, at: instant + 1000, fields: [])])
    }

    @Test func anOutageIsKeptWithItsIncidentAndGoesOnAfterARestart() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        var book = try IncidentBook(ledger: ledger)
        var batch = outage("web", at: start)
        book.decide(for: &batch, catalog: catalog, exclusions: [], now: start + 1000)
        #expect(batch.alerts.first?["incident"] == "I1")
        try ledger.commit(batch)
        let recorded = try #require(try ledger.read { try $0.openIncidents() }.first)
        #expect(recorded.openedAt == start)
        #expect(recorded.services.map(\.service) == ["web"])

        // A restart after 19 h finds it near its deadline, and the next one says nothing again.
        for expected in [["handling_due"], [], []] {
            var later = try IncidentBook(ledger: ledger)
            var quiet = Batch()
            later.decide(for: &quiet, catalog: catalog, exclusions: [], now: start + 19 * hour)
            #expect(quiet.alerts.map(\.event.rawValue) == expected)
            try ledger.commit(quiet)
        }
    }

    /// What the command line records is known at the next turn, and a decision made without it is not kept.
    @Test func whatPeopleRecordIsNoticed() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        var book = try IncidentBook(ledger: ledger)
        var batch = outage("web", at: start)
        book.decide(for: &batch, catalog: catalog, exclusions: [], now: start + 1000)
        try ledger.commit(batch)
        try book.refresh(from: ledger)

        let person = try Ledger(directory: folder.path, access: .recorder)
        _ = try person.record(
            IncidentEvent(at: start + hour, recordedAt: start + hour, by: "lan", .resolved(note: "cable")),
            ofIncident: "I1")
        var stale = outage("web", at: start + 2 * hour)
        var copy = book
        copy.decide(for: &stale, catalog: catalog, exclusions: [], now: start + 2 * hour)
        #expect(throws: IncidentError.changed) { try ledger.commit(stale) }

        try book.refresh(from: ledger)
        var fresh = outage("web", at: start + 2 * hour)
        book.decide(for: &fresh, catalog: catalog, exclusions: [], now: start + 2 * hour)
        try ledger.commit(fresh)
        #expect(try ledger.read { try $0.incidents(asOf: .distantFuture) }.map(\.isOpen) == [false, true])
        // Nothing to say, nothing to hold against anybody.
        try book.refresh(from: ledger)
        var nothing = Batch()
        book.decide(for: &nothing, catalog: catalog, exclusions: [], now: start + 3 * hour)
        #expect(nothing.isEmpty)
        #expect(nothing.incidentsVersion == nil)
    }
}
