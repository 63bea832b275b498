import Ledger
import Mail
import SLA
import Testing

@testable import Configuration
@testable import UseCases

/// Each window of a recurring plan is announced by itself, 48 h before it at the earliest (clause 6.1, semantics §4).
@Suite struct WindowNoticeTests {
    private let world: World
    private static let hour: Milliseconds = 3_600_000

    init() throws {
        world = try World()
        _ = try world.recording().planMaintenance(
            MaintenancePlanRequest(
                kind: .scheduled, scope: ["all"],
                windows: WindowRequest(
                    from: "02:00", to: "04:00", every: "sunday", first: CivilDate("2026-10-25"),
                    last: CivilDate("2026-11-01")),
                reason: "backups"))
    }

    private var sender: NoticeSender {
        NoticeSender(
            world.ledger, world.composer, PublicNotices(world.composer, stateDirectory: world.folder),
            sending: { _ in MailOutcome(kind: .accepted, answer: "250") }, by: "availd")
    }

    private func subjects() throws -> [String] {
        try world.ledger.read { try $0.notices() }.map { "\($0.subject) \($0.channel.rawValue)" }
    }

    @Test func eachIsWantedOnceItsTimeHasCome() throws {
        let begin = try at("2026-10-25T02:00:00+07:00")
        let first = begin - 48 * Self.hour
        #expect(try sender.announceWindows(at: first - 1) == first)
        #expect(try subjects() == [])
        // The next one is a week later, and what is wanted is wanted once.
        for now in [first, first + 1, begin - 1] {
            #expect(try sender.announceWindows(at: now) == first + 7 * 24 * Self.hour)
            #expect(try subjects() == ["M1.2026-10-25 website", "M1.2026-10-25 email"])
        }
        try sender.sendDue(clock: { first + 2 }, report: { _ in })
        #expect(try world.ledger.read { try $0.maintenance() }.deliveries.map(\.at) == [first + 2, first + 2])
        #expect(try sender.announceWindows(at: first + 7 * 24 * Self.hour) == nil)
        #expect(try subjects().count == 4)
    }

    /// A plan that is announced as a whole long before announces none of its windows; in their time, it does.
    @Test func whatWasGivenTooEarlyIsGivenAgain() throws {
        let first = try at("2026-10-25T02:00:00+07:00") - 48 * Self.hour
        _ = try world.recording().askForNotices(of: "M1.2026-10-25", world.composer)
        try sender.sendDue(clock: { first - 1 }, report: { _ in })
        _ = try sender.announceWindows(at: first)
        #expect(try subjects().count == 4)
        try sender.sendDue(clock: { first + 5 }, report: { _ in })
        #expect(
            try world.ledger.read { try $0.maintenance() }.deliveries.map(\.at)
                == [first - 1, first - 1, first + 5, first + 5])
        _ = try sender.announceWindows(at: first + 6)
        #expect(try subjects().count == 4)
    }
}
