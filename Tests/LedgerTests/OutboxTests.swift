import LedgerSupport
import SLA
import Testing

@testable import Ledger

@Suite struct OutboxTests {
    let directory: TemporaryDirectory
    let ledger: Ledger

    init() throws {
        directory = try TemporaryDirectory()
        ledger = try Ledger(directory: directory.path, access: .daemon)
    }

    @Test func alertsWaitInOrderUntilTheyAreDelivered() throws {
        let fields = [Alert.Field("since", "07:00"), Alert.Field("cause", "a \"b\" /c\nd\u{0}"), Alert.Field("", "")]
        let alerts = [
            alert(.serviceDown, "web", 9, fields), alert(.serviceUp, "web", 5), alert(.measurementLost, "", 6),
        ]
        try ledger.commit(Batch(alerts: alerts))
        let entries = try ledger.undelivered(limit: 10)
        #expect(entries.map(\.alert) == alerts)
        #expect(try ledger.undelivered(limit: 2) == Array(entries.prefix(2)))
        #expect(try ledger.undelivered(limit: 0).isEmpty)

        // Out of order: the first stays first.
        try ledger.markDelivered(ids: [entries[1].id], at: t(10))
        #expect(try ledger.undelivered(limit: 10) == [entries[0], entries[2]])
        try ledger.markDelivered(ids: entries.map(\.id), at: t(11))
        #expect(try ledger.undelivered(limit: 10).isEmpty)

        try ledger.commit(Batch(alerts: [alert(.measurementRestored, "", 12)]))
        #expect(try ledger.undelivered(limit: 10).map(\.alert.event) == [.measurementRestored])
    }

    @Test func aRestartKeepsWhatWasNotDelivered() throws {
        try ledger.commit(Batch(alerts: [alert(.serviceDown, "a", 1), alert(.serviceDown, "b", 2)]))
        try ledger.markDelivered(ids: [try #require(try ledger.undelivered(limit: 1).first).id], at: t(3))
        try ledger.close()
        let next = try Ledger(directory: directory.path, access: .daemon)
        #expect(try next.undelivered(limit: 9).map(\.alert.subject) == ["b"])
    }

    @Test func anAlertThatIsNotThereCannotBeDelivered() throws {
        let error = failure(LedgerError.self) { try ledger.markDelivered(ids: [99], at: t(1)) }
        #expect(error == .inputOutput(path: directory.ledger, reason: "FOREIGN KEY constraint failed"))
    }

    @Test func theLatestAlertOfEachSubjectIsTheLastDecided() throws {
        try ledger.commit(
            Batch(alerts: [
                alert(.serviceDown, "a", 1), alert(.serviceDown, "b", 2), alert(.availabilityBelow, "a", 3),
                // Decided last, though the clock was set back meanwhile.
                alert(.serviceUp, "a", 0), alert(.serviceDown, "c", 4), alert(.serviceUp, "c", 4),
            ]))
        let latest = try ledger.latestAlerts(of: [.serviceDown, .serviceUp])
        #expect(
            latest == [alert(.serviceDown, "b", 2), alert(.serviceUp, "a", 0), alert(.serviceUp, "c", 4)])
        #expect(try ledger.latestAlerts(of: [.availabilityBelow, .availabilityRestored]).map(\.subject) == ["a"])
    }
}
