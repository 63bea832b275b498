import Foundation
import GRDB
import LedgerSupport
import SLA
import Testing

@testable import Ledger

@Suite struct OpeningTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func open(_ access: LedgerAccess) throws -> Ledger {
        try Ledger(directory: directory.path, access: access)
    }

    @Test func aReaderFindsNoLedger() throws {
        let error = failure(LedgerError.self) { try open(.reader) }
        #expect(error == .missing(path: directory.ledger))
        #expect(error?.description == "\(directory.ledger): there is no ledger here")
        let nowhere = failure(LedgerError.self) { try Ledger(directory: directory.path + "/no", access: .reader) }
        #expect(nowhere == .missing(path: directory.path + "/no/ledger.sqlite"))
        #expect(try directory.entries().isEmpty)
    }

    @Test func aDirectoryWithoutAParentIsNotCreated() throws {
        let path = directory.path + "/no/state"
        let error = failure(LedgerError.self) { try Ledger(directory: path, access: .daemon) }
        #expect(error == .cannotCreate(path: path, reason: "No such file or directory"))
        try Data("x".utf8).write(to: URL(fileURLWithPath: directory.path + "/file"))
        let onFile = failure(LedgerError.self) { try Ledger(directory: directory.path + "/file", access: .recorder) }
        #expect(onFile == .cannotCreate(path: directory.path + "/file", reason: "Not a directory"))
    }

    @Test(arguments: [LedgerAccess.daemon, .recorder])
    func aWriterCreatesTheDirectoryAndTheLedger(access: LedgerAccess) throws {
        let path = directory.path + "/state"
        let ledger = try Ledger(directory: path, access: access)
        #expect(try ledger.checkIntegrity().isEmpty)
        try ledger.close()
        let reader = try Ledger(directory: path, access: .reader)
        #expect(try reader.sampleCount() == 0)
    }

    @Test func whatAKilledCreationLeftIsReplaced() throws {
        try Data("half of a ledger".utf8).write(to: URL(fileURLWithPath: directory.ledger + ".new"))
        try Data("and its journal".utf8).write(to: URL(fileURLWithPath: directory.ledger + ".new-journal"))
        let ledger = try open(.recorder)
        #expect(try ledger.checkIntegrity().isEmpty)
        #expect(try directory.entries().filter { $0.contains(".new") }.isEmpty)
    }

    @Test func aReaderReadsBesideTheDaemonAndAfterIt() throws {
        let daemon = try open(.daemon)
        try daemon.commit(Batch(observations: [observation(1)]))
        let beside = try open(.reader)
        #expect(try beside.sampleCount() == 1)
        try daemon.commit(Batch(observations: [observation(2)]))
        #expect(try beside.sampleCount() == 2)
        try beside.close()
        try daemon.close()
        let after = try open(.reader)
        #expect(try after.sampleCount() == 2)
    }

    @Test func aReaderCannotWrite() throws {
        try open(.recorder).close()
        let reader = try open(.reader)
        let error = failure(LedgerError.self) { try reader.commit(Batch(observations: [observation(1)])) }
        #expect(
            error
                == .readOnly(
                    path: directory.ledger, reason: "attempt to write a readonly database (SQLITE_READONLY)"))
        // Only what is the disk's alone passes by itself.
        #expect(error?.isWaitedFor == false)
        let disk = StateDirectory(directory.path).failure(directory.ledger, EROFS)
        #expect(disk == .readOnlyDisk(path: directory.ledger) && disk.isWaitedFor)
    }

    @Test func aSecondDaemonIsRefusedAndTheFirstIsNamed() throws {
        let child = try Child("hold", directory.path)
        #expect(child.line() == "held")
        let error = failure(LedgerError.self) { try open(.daemon) }
        #expect(error == .locked(path: directory.path + "/availd.lock", pid: child.pid))
        #expect(error?.description == "\(directory.path)/availd.lock: held by the availd with pid \(child.pid)")
        // The command line is not kept out.
        try open(.recorder).record(try exclusion("E1"))
        child.proceed()
        #expect(child.status() == 0)
        #expect(try open(.daemon).exclusions().count == 1)
    }

    @Test func theLockGoesWithTheProcessHoweverItEnds() throws {
        let child = try Child("hold", directory.path)
        #expect(child.line() == "held")
        child.kill()
        #expect(child.status() == SIGKILL)
        let daemon = try open(.daemon)
        let holder = try String(contentsOfFile: directory.path + "/availd.lock", encoding: .utf8)
        #expect(holder == "\(getpid())\n")
        try daemon.close()
    }

    @Test func aLaterSchemaIsRefused() throws {
        let ledger = try open(.daemon)
        try ledger.database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('v2')") }
        try ledger.close()
        for access in [LedgerAccess.reader, .recorder, .daemon] {
            #expect(failure(LedgerError.self) { try open(access) } == .newerSchema(path: directory.ledger))
        }
    }

    @Test func anEarlierSchemaWaitsForTheDaemon() throws {
        let queue = try DatabaseQueue(path: directory.ledger)
        try queue.write { try $0.execute(sql: "PRAGMA application_id = \(Schema.applicationID)") }
        try queue.close()
        for access in [LedgerAccess.reader, .recorder] {
            #expect(failure(LedgerError.self) { try open(access) } == .olderSchema(path: directory.ledger))
        }
        let daemon = try open(.daemon)
        try daemon.commit(Batch(observations: [observation(1)]))
        #expect(try open(.reader).sampleCount() == 1)
    }

    @Test(arguments: [LedgerAccess.daemon, .recorder, .reader])
    func anotherProgramsDatabaseIsLeftAlone(access: LedgerAccess) throws {
        let queue = try DatabaseQueue(path: directory.ledger)
        try queue.write { try $0.execute(sql: "CREATE TABLE bookmarks (url TEXT)") }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: directory.ledger))
        let error = failure(LedgerError.self) { try open(access) }
        #expect(
            error == .notALedger(path: directory.ledger, reason: "an SQLite database of some other program"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: directory.ledger)) == before)
    }

    @Test(arguments: [LedgerAccess.daemon, .recorder, .reader])
    func whatIsNoDatabaseIsLeftAlone(access: LedgerAccess) throws {
        let picture = Data(repeating: 0x89, count: 9000)
        try picture.write(to: URL(fileURLWithPath: directory.ledger))
        let error = failure(LedgerError.self) { try open(access) }
        #expect(error == .notALedger(path: directory.ledger, reason: "file is not a database"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: directory.ledger)) == picture)
    }

    @Test func damageIsCalledDamage() throws {
        let ledger = try open(.recorder)
        let roots = try ledger.database.read { try Int.fetchOne($0, sql: "PRAGMA page_count") }
        try ledger.commit(Batch(observations: (0..<5000).map { observation($0, .down, cause: .text("cause \($0)")) }))
        #expect(try ledger.checkIntegrity().isEmpty)
        try ledger.close()
        let whole = try Data(contentsOf: URL(fileURLWithPath: directory.ledger))
        func makeNoise(fromPage page: Int) throws {
            let sound = whole.prefix(page * 4096)
            let noise = Data(repeating: 0xA5, count: whole.count - sound.count)
            try (sound + noise).write(to: URL(fileURLWithPath: directory.ledger))
        }

        // The first page says where the names of the tables are.
        try makeNoise(fromPage: 1)
        let atOnce = failure(LedgerError.self) { try open(.reader) }
        #expect(atOnce == .damaged(path: directory.ledger, reason: "database disk image is malformed"))

        // The first pages hold the names, and the roots of all tables.
        try makeNoise(fromPage: try #require(roots))
        let reader = try open(.reader)
        let error = failure(LedgerError.self) { try reader.sampleCount() }
        #expect(error == .damaged(path: directory.ledger, reason: "database disk image is malformed"))
        #expect(try !reader.checkIntegrity(quick: true).isEmpty)
        #expect(try !reader.checkIntegrity().isEmpty)
    }

    @Test func anImpossibleRowIsDamageNotACrash() throws {
        let ledger = try open(.recorder)
        try ledger.database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO daemon_events (kind, at, pid, version, text) VALUES ('dance', 1, 1, '', '');
                    INSERT INTO outbox (event, subject, at, fields) VALUES ('service_up', 'a', 1, '[["one"]]');
                    """)
        }
        #expect(
            failure(LedgerError.self) { try ledger.daemonEvents(since: t(0)) }
                == .damaged(path: directory.ledger, reason: "row 1 of daemon_events, column kind: dance is no Kind"))
        #expect(
            failure(LedgerError.self) { try ledger.undelivered(limit: 1) }
                == .damaged(
                    path: directory.ledger,
                    reason: "row 1 of outbox, column fields: an alert's field is no pair: [\"one\"]"))
    }

    @Test(arguments: [LedgerAccess.daemon, .recorder, .reader])
    func closingIsFinal(access: LedgerAccess) throws {
        try open(.recorder).close()
        let ledger = try open(access)
        try ledger.close()
        try ledger.close()
        for body in [{ _ = try ledger.sampleCount() }, { try ledger.revoke(id: "E1", at: t(1), by: "", reason: "") }] {
            guard case .inputOutput = failure(LedgerError.self, body) else {
                Issue.record("a closed ledger")
                continue
            }
        }
    }

    @Test func theClosuresOwnErrorsPass() throws {
        struct Stop: Error {}
        let ledger = try open(.recorder)
        try ledger.commit(Batch(observations: [observation(1)]))
        #expect(throws: Stop.self) {
            try ledger.samples(of: web, covering: span(0, 9), asOf: t(9)) { _ in throw Stop() }
        }
        #expect(try ledger.sampleCount() == 1)
    }
}
