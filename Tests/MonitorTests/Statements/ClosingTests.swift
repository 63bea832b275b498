import Foundation
import Ledger
import LedgerSupport
import Reporting
import SLA
import Testing

@testable import Monitor
@testable import UseCases

@Suite struct ClosingTests {
    private let folder = StateFolder()

    @Test func theOriginalIsTheReport() throws {
        let world = try ClosingWorld(folder)
        let statement = try world.close().statement
        #expect(statement.number.description == "2020-03/1")
        #expect(statement.draft.amends == nil)
        #expect(statement.draft.changes.isEmpty)
        #expect(statement.previousSeal.isEmpty)
        let report = try world.ledger.read {
            try $0.report(of: world.month, asOf: statement.draft.asOf, configured: world.catalog)
        }
        #expect(statement.draft.csv == Array(ReportCSV.text(report).utf8))
        #expect(try world.verify() == [])
    }

    @Test func closedAgainWithoutAChangeItStands() throws {
        let world = try ClosingWorld(folder)
        let first = try world.close().statement
        guard case .unchanged(let standing) = try world.close() else {
            Issue.record("nothing had changed")
            return
        }
        #expect(standing.number == first.number)
        #expect(try world.ledger.read { try $0.statements() }.count == 1)
    }

    /// A fact that changes no row is a change all the same: the statement rests on it.
    @Test func aFactWithoutARowIsAnAmendment() throws {
        let world = try ClosingWorld(folder)
        _ = try world.close()
        try world.ledger.record(world.exclusion("E1", 300..<301, evidence: " "))
        let changes = try world.close().statement.draft.changes
        #expect(changes.rows.isEmpty)
        #expect(changes.facts.map(\.subject) == ["E1"])
    }

    /// Whatever facts come, the amendment names exactly the rows whose bytes differ, and a fact for each; every
    /// statement goes on to print its own bytes, and all of them can be computed again.
    @Test(arguments: [1, 2, 3])
    func anAmendmentNamesExactlyTheRowsThatDiffer(_ seed: UInt64) throws {
        var world = try ClosingWorld(folder)
        for hour in [31, 35] { try world.plan(hour..<hour + 2) }
        var generator = Generator(seed: seed)
        var printed: [StatementNumber: [UInt8]] = [:]
        var latest = try world.close().statement
        printed[latest.number] = latest.draft.csv
        var kinds: Set<Bool> = []
        for turn in 0..<25 {
            try apply(to: &world, turn: turn, &generator)
            let outcome = try world.close()
            let now = try world.ledger.read {
                try $0.report(of: world.month, asOf: SystemNow.instant, configured: world.catalog)
            }
            let (old, new) = (
                ClosingWorld.rows(latest.draft.csv), ClosingWorld.rows(Array(ReportCSV.text(now).utf8))
            )
            let differing = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted()
            switch outcome {
            case .unchanged(let statement):
                kinds.insert(false)
                #expect(statement.number == latest.number)
                #expect(differing.isEmpty)
            case .closed(let statement):
                kinds.insert(true)
                #expect(statement.draft.amends == latest.number)
                #expect(statement.previousSeal == latest.seal)
                let changes = statement.draft.changes
                #expect(changes.rows.map(\.service) == differing)
                #expect(changes.rows.allSatisfy { !$0.facts.isEmpty })
                #expect(ClosingWorld.rows(statement.draft.csv) == new)
                printed[statement.number] = statement.draft.csv
                latest = statement
            }
        }
        #expect(kinds == [true, false])
        for statement in try world.ledger.read({ try $0.statements() }) {
            #expect(statement.draft.csv == printed[statement.number])
        }
        #expect(try world.verify().filter { $0.hasPrefix("damage") } == [])
    }

    private func apply(to world: inout ClosingWorld, turn: Int, _ generator: inout Generator) throws {
        let index = generator.below(2)
        let service = world.services[index].id
        switch generator.below(8) {
        case 0, 1:
            let start = generator.below(740)
            let scope: [ScopeTerm] = [.all, .service(service), .group("rack-1"), .customer("nobody")]
            try world.ledger.record(
                world.exclusion(
                    "E\(turn)", start..<start + 1 + generator.below(4), scope: [scope[generator.below(4)]],
                    evidence: generator.below(3) == 0 ? "" : "t"))
        case 2:
            let standing = try world.ledger.exclusions().map(\.exclusion).filter { $0.revokedAt == nil }
            guard !standing.isEmpty else { return }
            try world.ledger.revoke(
                id: standing[generator.below(standing.count)].id, at: SystemNow.next, by: "mai", reason: "wrong")
        case 3:
            let hour = generator.below(740)
            try world.ledger.commit(
                Batch(observations: [10, 20, 30].map { observation(service, world.at(hour, $0), .down) }))
        case 4:
            let hour = generator.below(740)
            _ = try world.ledger.record(
                PaidWithdrawal(
                    id: "", service: service, interval: try #require(Interval(world.at(hour), world.at(hour + 2))),
                    reason: "never paid", recordedAt: SystemNow.next, recordedBy: "mai"),
                CatalogRecord(world.catalog, at: SystemNow.instant, by: "mai", ofNewServicesOnly: true))
        case 5:
            let channels: [NoticeChannel] = [.email, .website, .fanPage]
            try world.deliver(channels[generator.below(3)], plan: 1 + generator.below(2))
        case 6: world.agreement.excludedTime = generator.below(2) == 0 ? .removed : .forgiven
        default: break
        }
    }

    @Test func aStatementPrintsTheSameBytesForEver() throws {
        var world = try ClosingWorld(folder)
        let first = try world.close().statement
        world.services.removeFirst()
        world.services[0].price = nil
        world.agreement.objective = ExactDecimal(50)
        world.agreement.calendar = CivilCalendar(
            zone: TimeZoneRules(name: "Asia/Ho_Chi_Minh", initialOffset: 7 * 3_600_000))
        try world.ledger.record(world.exclusion("E1", 29..<40))
        let second = try world.close().statement
        #expect(second.draft.csv != first.draft.csv)
        // The service that is gone from the configuration has its row, and its price is what it was.
        #expect(second.draft.changes.rows.map(\.kind) == [.changed, .changed])
        #expect(!second.draft.changes.facts.contains { $0.text.contains("price") || $0.text == "removed" })
        let kept = try world.ledger.read { try $0.statement(first.number) }
        #expect(kept?.draft.csv == first.draft.csv)
        #expect(kept?.draft.inputs == first.draft.inputs)
        #expect(try world.verify() == [])
    }

    /// Facts that come after a closing are no damage, and are told.
    @Test func whatCameLaterIsANotice() throws {
        let world = try ClosingWorld(folder)
        _ = try world.close()
        try world.ledger.commit(Batch(observations: [observation("web", world.at(1, 1), .down)]))
        var early = try world.exclusion("E1", 1..<2)
        early.recordedAt = nil
        try world.ledger.record(early)
        #expect(
            try world.verify() == [
                "notice: 2020-03/1: samples of web/default came after it was closed: 1 sample at "
                    + "2020-03-01T01:01:00Z; close the month again",
                "notice: 2020-03/1: exclusion E1 came after it was closed; close the month again",
            ])
        // The amendment has them, so that nothing is left to be done.
        _ = try world.close()
        #expect(try world.verify() == [])
    }

    @Test func ofTwoThatAmendOneStatementTheSecondKeepsNothing() throws {
        let world = try ClosingWorld(folder)
        let first = try world.close().statement
        var draft = first.draft
        draft.amends = first.number
        func keep() throws -> ClosedStatement? {
            try StatementClosing.keep(draft, world.catalog, in: world.ledger)
        }
        #expect(try keep()?.number.description == "2020-03/2")
        #expect(try keep() == nil)
        draft.amends = nil
        #expect(try keep() == nil)
        #expect(try world.ledger.read { try $0.statements() }.count == 2)
    }

    /// Many close the month at once: each gets the one number there is, and one of them wrote it.
    @Test func manyAtOnceCloseItOnce() async throws {
        let world = try ClosingWorld(folder)
        for expected in ["2020-03/1", "2020-03/2"] {
            let (closing, path) = (world.closing, folder.path)
            let outcomes = try await withThrowingTaskGroup(of: StatementClosing.Outcome.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let other = try Ledger(directory: path, access: .recorder)
                        defer { try? other.close() }
                        return try closing.close(in: other, clock: { SystemNow.instant })
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(outcomes.map(\.statement.number.description)) == [expected])
            #expect(outcomes.filter { if case .closed = $0 { true } else { false } }.count == 1)
            try world.ledger.record(world.exclusion("E\(expected)".replacing("/", with: "-"), 31..<33))
        }
        #expect(try world.verify() == [])
    }

    @Test func whatCannotBeClosedIsRefused() throws {
        let world = try ClosingWorld(folder)
        func refusal(_ change: (inout StatementClosing) -> Void) -> String {
            var closing = world.closing
            change(&closing)
            do {
                return "\(try closing.close(in: world.ledger, clock: { SystemNow.instant }).statement.number)"
            } catch {
                return "\(error)"
            }
        }
        #expect(
            refusal { $0.asOf = world.period.end - 1 }
                == "--month: 2020-03 has not ended, expected one that has; it ends at 2020-04-01T00:00:00Z")
        #expect(refusal { $0.asOf = SystemNow.instant + 3_600_000 } == "--as-of: lies in the future")
        #expect(
            refusal { closing in
                var service = world.services[0]
                service.paid = .empty
                closing.configured = Catalog(
                    agreement: world.agreement, customers: [Customer(id: "acme")], services: [service])
            } == "--month: nobody had paid for a service in 2020-03, expected a month with committed time")
        #expect(try world.ledger.read { try $0.statements() }.isEmpty)
        #expect(refusal { $0.asOf = world.period.end } == "2020-03/1")
        #expect(
            refusal { closing in
                closing.asOf = world.period.end + 1
                // What the ledger has never seen is known from the beginning.
                var service = world.services[0]
                service.id = "new"
                closing.configured = Catalog(
                    agreement: world.agreement, customers: [Customer(id: "acme")], services: world.services + [service])
            } == "2020-03/2")
        #expect(
            refusal { $0.asOf = world.period.end }
                == "--as-of: lies before that of 2020-03/2, expected 2020-04-01T00:00:00.001Z or later")
    }

    /// What is promised from now on judges no month that is over; where it was promised before the month began, it is in
    /// the statement, which is computed from itself.
    @Test func whatIsPromisedLaterChangesNoStatement() throws {
        var world = try ClosingWorld(folder)
        let record = AgreementRecord(agreement: world.agreement, recordedAt: world.at(-99), recordedBy: "availd")
        var stricter = world.agreement
        stricter.objective = try #require(ExactDecimal("99.99"))
        stricter.notice.scheduled = 72 * 3_600_000
        let changed = AgreementRecord(agreement: stricter, recordedAt: world.at(-30), recordedBy: "availd")
        try world.ledger.record { _ in [.agreement(record), .agreement(changed)] }
        try world.plan(30..<40)
        for channel in [NoticeChannel.email, .website, .fanPage] { try world.deliver(channel, plan: 1) }
        // Told by then by two channels in time, and by the last when it took 72 h already.
        world.agreement = stricter
        let first = try world.close().statement
        let rows = ClosingWorld.rows(first.draft.csv)
        #expect(rows["web"]?.contains(",web,99.99,98.6559,") == true, "\(rows)")
        world.agreement.objective = ExactDecimal(50)
        world.agreement.notice.scheduled = 3_600_000
        guard case .unchanged = try world.close() else {
            Issue.record("it was amended")
            return
        }
        #expect(try world.verify() == [])
    }

    @Test func anUnsettledMonthIsKnownAsSuch() throws {
        let world = try ClosingWorld(folder)
        #expect(world.closing.isSettling(at: world.period.end))
        #expect(!world.closing.isSettling(at: world.period.end + 3 * 3_600_000))
    }
}

/// The clock of the machine, for what must not lie in its future.
enum SystemNow {
    static var instant: Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

    /// An instant after this one, once it has come.
    static var next: Instant {
        let before = instant
        while instant <= before { continue }
        return instant
    }
}

/// A small generator with a seed (SplitMix64).
struct Generator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A number from 0 to `bound` − 1.
    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
