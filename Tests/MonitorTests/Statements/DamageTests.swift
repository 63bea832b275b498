import Digests
import Foundation
import GRDB
import Ledger
import LedgerSupport
import SLA
import Testing

@testable import Monitor
@testable import UseCases

/// Someone with the file and a hex editor: whatever a closed month rests on, verify finds it changed.
@Suite struct DamageTests {
    /// A change made behind the triggers' back, and the finding that names it.
    struct Damage: Sendable, CustomTestStringConvertible {
        let sql: String
        let found: String
        var testDescription: String { sql }

        init(_ sql: String, _ found: String) {
            self.sql = sql
            self.found = found
        }
    }

    private let folder = StateFolder()

    @Test(arguments: [
        Damage(
            "UPDATE statements SET csv = CAST(replace(CAST(csv AS TEXT), '98.', '99.') AS BLOB) WHERE number = 1",
            "damage: 2020-03/1: the report has another SHA-256 than when it was closed"),
        Damage(
            "UPDATE statements SET inputs = replace(inputs, 'price=200000', 'price=100000') WHERE number = 1",
            "damage: 2020-03/1: the kept terms has another SHA-256 than when it was closed"),
        Damage(
            "UPDATE statements SET inputs = replace(inputs, 'category=third_party', 'category=third') WHERE number = 1",
            "damage: 2020-03/1: the inputs have no good category of exclusion E1"),
        Damage(
            "UPDATE statements SET closed_by = 'somebody' WHERE number = 2",
            "damage: 2020-03/2: its seal is broken"),
        Damage(
            "UPDATE statements SET changes = '{\"rows\":[],\"facts\":[]}' WHERE number = 2",
            "damage: 2020-03/2: its seal is broken"),
        Damage(
            "UPDATE statements SET as_of = as_of + 1 WHERE number = 2",
            "damage: 2020-03/2: its seal is broken"),
        Damage(
            "UPDATE statements SET seal = previous_seal WHERE number = 1",
            "damage: 2020-03/2: it is not sealed to the statement that was closed before it"),
        Damage(
            "DELETE FROM statement_series WHERE statement = 1; DELETE FROM statements WHERE number = 1",
            "damage: 2020-03/2: the statement 2020-03/1, which it amends, is missing"),
        Damage(
            "UPDATE statement_series SET samples = zeroblob(length(samples)) WHERE id = 1",
            "damage: 2020-03/1: the samples of api/default kept with statement 2020-03/1 cannot be unpacked"),
        Damage(
            "UPDATE statement_series SET digest = replace(digest, 'a', 'b') WHERE id = 2",
            "damage: 2020-03/1: the list of kept samples has another SHA-256"),
        Damage(
            "UPDATE samples SET state = 1 WHERE series = 1 AND at = 1583020800000",
            "damage: 2020-03/1: samples of api/default have another state: 1 sample at 2020-03-01T00:00:00Z"),
        Damage(
            "DELETE FROM samples WHERE series = 2 AND at BETWEEN 1583024400000 AND 1583028000000",
            "damage: 2020-03/2: samples of web/default are missing: 2 samples, 2020-03-01T01:00:00Z to"),
        Damage(
            "UPDATE exclusions SET evidence = 'letter' WHERE id = 'E1'",
            "damage: 2020-03/1: exclusion E1 is another than when it was closed"),
        Damage(
            "UPDATE exclusions SET recorded_at = 9000000000000 WHERE id = 'E1'",
            "damage: 2020-03/1: exclusion E1 is missing"),
        Damage(
            "DELETE FROM exclusions WHERE id = 'E1'",
            "damage: 2020-03/2: exclusion E1 is missing"),
        Damage(
            "DELETE FROM exclusions WHERE id = 'E0'",
            "damage: ledger: 1 of 3 rows of exclusions are missing since the last statement was closed"),
        Damage(
            "UPDATE exclusions SET evidence = 'x' WHERE id = 'E0'", "damage: ledger: rows of exclusions were changed"),
        Damage(
            "UPDATE negotiations SET amount = '9'", "damage: 2020-03/1: negotiation web is another than when it was"),
        Damage("DELETE FROM negotiations", "damage: 2020-03/2: negotiation web is missing"),
        Damage(
            "DELETE FROM transitions", "damage: ledger: 1 of 1 rows of transitions are missing"),
        Damage(
            "DELETE FROM series WHERE id = 2",
            "damage: ledger: a row of samples refers to none of series"),
    ])
    func isFoundAndNamed(_ damage: Damage) throws {
        let world = try closedTwice()
        try behindTheBack { db in try db.execute(sql: damage.sql) }
        let findings = try world.verify()
        #expect(findings.contains { $0.hasPrefix(damage.found) }, "\(findings)")
    }

    /// A forger who mends every digest and every seal is still found: the figures do not follow from what is kept.
    @Test func aForgedReportDoesNotFollowFromItsInputs() throws {
        let world = try closedTwice()
        let last = try #require(try world.ledger.read { try $0.statements() }.last)
        var forged = last
        let csv = String(decoding: last.draft.csv, as: UTF8.self).replacing(",breached,", with: ",met,")
        forged.draft.csv = Array(csv.utf8)
        forged.draft.digests.csv = Digest.text(of: forged.draft.csv)
        let seal = try world.ledger.read { try $0.expectedSeal(of: forged) }
        try behindTheBack { db in
            try db.execute(
                sql: "UPDATE statements SET csv = ?, csv_sha256 = ?, seal = ? WHERE number = 2",
                arguments: [Data(forged.draft.csv), forged.draft.digests.csv, seal])
        }
        #expect(
            try world.verify() == [
                "damage: 2020-03/2: web: verdict is met, computed again it is breached"
            ])
    }

    @Test func aMissingTriggerIsNamed() throws {
        let world = try closedTwice()
        try Self.open(folder) { db in try db.execute(sql: "DROP TRIGGER samples_no_delete") }
        #expect(
            try world.verify(quick: true) == [
                "damage: ledger: the trigger samples_no_delete is missing: rows of samples could be changed unseen"
            ])
    }

    @Test func aChangedTriggerIsNamed() throws {
        let world = try closedTwice()
        try Self.open(folder) { db in
            try db.execute(
                sql: """
                    DROP TRIGGER statements_no_update;
                    CREATE TRIGGER statements_no_update BEFORE UPDATE ON statements BEGIN SELECT 1; END;
                    """)
        }
        #expect(try world.verify(quick: true) == ["damage: ledger: the trigger statements_no_update was changed"])
    }

    /// The last statement can be taken away without a trace in the file; who has kept its seal finds it missing.
    @Test func aSealKeptElsewhereTellsOfAStatementThatIsGone() throws {
        let world = try closedTwice()
        let seal = try world.ledger.read { try $0.latestSeal() }
        #expect(try world.verify(seal: seal) == [])
        try behindTheBack { db in
            try db.execute(
                sql: "DELETE FROM statement_series WHERE statement = 2; DELETE FROM statements WHERE number = 2")
        }
        #expect(try world.verify() == [])
        #expect(
            try world.verify(quick: true, seal: seal) == [
                "damage: ledger: no statement has the seal \(seal): what was closed up to it was changed or is gone"
            ])
    }

    @Test func aSoundLedgerHasNoFinding() throws {
        let world = try closedTwice()
        #expect(try world.verify() == [])
        #expect(try world.verify(quick: true) == [])
    }

    /// An original, then an amendment; besides an exclusion and a transition that no statement rests on.
    private func closedTwice() throws -> ClosingWorld {
        let world = try ClosingWorld(folder)
        try world.ledger.commit(
            Batch(transitions: [Transition(service: "web", state: .up, since: world.at(0), at: world.at(0))]))
        try world.ledger.record(world.exclusion("E0", 2000..<2001))
        try world.ledger.record(
            Negotiation(
                month: world.month, service: "web", amount: ExactDecimal(100), reason: "letter",
                recordedAt: SystemNow.next, recordedBy: "lan"))
        try world.ledger.record(world.exclusion("E1", 300..<301))
        _ = try world.close()
        try world.ledger.record(world.exclusion("E2", 30..<36, scope: [.service("api")]))
        _ = try world.close()
        return world
    }

    /// Changes the file with the triggers gone, and puts them back.
    private func behindTheBack(_ change: (Database) throws -> Void) throws {
        try Self.behindTheBack(folder, change)
    }

    /// The same, of the ledger in `folder`.
    static func behindTheBack(_ folder: StateFolder, _ change: (Database) throws -> Void) throws {
        try open(folder) { db in
            let triggers = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger[0] as String)") }
            try change(db)
            for trigger in triggers { try db.execute(sql: trigger[1] as String) }
        }
    }

    private static func open(_ folder: StateFolder, _ body: (Database) throws -> Void) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: folder.path + "/ledger.sqlite", configuration: configuration)
        try queue.writeWithoutTransaction(body)
        try queue.close()
    }
}
