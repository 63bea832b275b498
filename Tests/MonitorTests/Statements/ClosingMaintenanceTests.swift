import Ledger
import LedgerSupport
import SLA
import Testing

@testable import Monitor
@testable import UseCases

/// Planned maintenance in closed months: what it claims is part of a statement as any exclusion is.
@Suite struct ClosingMaintenanceTests {
    private let folder = StateFolder()

    /// Two windows in an outage, one of them announced; listed in another order than the statement has them.
    private func prepared() throws -> ClosingWorld {
        var world = try ClosingWorld(folder)
        world.services.reverse()
        for hours in [31..<33, 35..<36] { try world.plan(hours) }
        for channel in [NoticeChannel.email, .website, .fanPage] { try world.deliver(channel, plan: 1) }
        return world
    }

    @Test func aClosedMonthWithMaintenanceIsSound() throws {
        let world = try prepared()
        let statement = try world.close().statement
        #expect(statement.draft.inputs.contains("exclusion\tM1.2020-03-02.acme"))
        #expect(statement.draft.inputs.contains("exclusion\tM2.2020-03-02.acme"))
        #expect(try world.verify() == [])
    }

    @Test func aNoticeThatIsRecordedLateAmendsAndIsNamed() throws {
        let world = try prepared()
        _ = try world.close()
        for channel in [NoticeChannel.email, .website, .fanPage] { try world.deliver(channel, plan: 2) }
        let changes = try world.close().statement.draft.changes
        #expect(changes.rows.map(\.service) == ["api", "web"])
        let fact = try #require(changes.facts.first)
        #expect(changes.facts.count == 1 && fact.by == "mai")
        #expect(
            fact.text
                == "scheduled_maintenance, notice_at none -> 2020-02-29T00:00:00Z: notice by fan_page")
        #expect(try world.verify() == [])
    }

    /// By whom a customer must be told is a setting as it was when it was announced; whoever changes it later changes
    /// nothing of what was.
    @Test func otherChannelsChangeNothingThatWas() throws {
        var world = try prepared()
        _ = try world.close()
        world.agreement.channels = NoticeChannels(everyone: [.website, .direct])
        guard case .unchanged = try world.close() else {
            Issue.record("it was amended")
            return
        }
        #expect(try world.verify() == [])
    }

    @Test func aNoticeThatIsGoneIsDamage() throws {
        let world = try prepared()
        _ = try world.close()
        try DamageTests.behindTheBack(folder) { db in
            try db.execute(sql: "DELETE FROM notice_deliveries")
        }
        #expect(
            try world.verify().contains(
                "damage: 2020-03/1: exclusion M1.2020-03-02.acme is another than when it was closed"))
    }

    @Test func aPlanThatIsGoneIsDamage() throws {
        let world = try prepared()
        _ = try world.close()
        try DamageTests.behindTheBack(folder) { db in
            try db.execute(sql: "DELETE FROM maintenance_plans WHERE number = 2")
        }
        #expect(try world.verify().contains("damage: 2020-03/1: exclusion M2.2020-03-02.acme is missing"))
    }
}
