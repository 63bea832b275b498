import Foundation
import GRDB
import LedgerSupport
import SLA
import Testing

@testable import Ledger

/// Somebody writes into the ledger's file while it is open, or puts another in its place while it is not.
@Suite struct OverwrittenFileTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private var file: URL { URL(filePath: directory.ledger) }
    private var log: URL { URL(filePath: directory.ledger + "-wal") }
    private var mark: String { directory.path + "/high-water-mark" }

    private func open(_ access: LedgerAccess = .daemon) throws -> Ledger {
        try Ledger(directory: directory.path, access: access)
    }

    private func commit(_ seconds: Range<Int64>, to ledger: Ledger) throws {
        try ledger.commit(Batch(observations: seconds.map { observation($0 * 1000) }))
    }

    /// Writes `content` over the file, as cp(1) does: it stays the same file.
    private func overwrite(with content: Data) throws {
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: content)
        try handle.close()
    }

    private func expectDamage(_ said: String, _ body: () throws -> Void) {
        guard case .damaged(directory.ledger, let reason)? = failure(LedgerError.self, body) else {
            Issue.record("not damaged")
            return
        }
        #expect(reason.hasPrefix(said))
    }

    /// All that is left of what was acknowledged may be in the log: nothing removes it, and it is taken up again.
    @Test func anEmptiedFileKeepsItsLog() throws {
        let ledger = try open()
        try commit(0..<3, to: ledger)
        let (content, kept) = (try Data(contentsOf: file), try Data(contentsOf: log))
        try overwrite(with: Data())
        expectDamage("it was emptied while it is open, and its log, which is beside it, is kept") {
            try commit(3..<4, to: ledger)
        }
        expectDamage("it was emptied") { _ = try ledger.sampleCount() }
        try ledger.close()
        #expect(try Data(contentsOf: log) == kept)
        for access in [LedgerAccess.daemon, .recorder, .reader] {
            #expect(throws: LedgerError.self) { try open(access) }
        }
        #expect(try Data(contentsOf: log) == kept)
        try content.write(to: file)
        #expect(try open(.reader).sampleCount() == 3)
    }

    @Test func whatIsPutBackIsGoneOnWith() throws {
        let ledger = try open()
        try commit(0..<3, to: ledger)
        let content = try Data(contentsOf: file)
        try overwrite(with: content.prefix(3 * 4096))
        expectDamage("it was cut from \(content.count) bytes to 12288 while it is open") {
            try commit(3..<4, to: ledger)
        }
        try overwrite(with: Data(repeating: 7, count: content.count))
        expectDamage("it was overwritten with something else while it is open") { try commit(3..<4, to: ledger) }
        try overwrite(with: content)
        try commit(3..<4, to: ledger)
        try ledger.close()
        #expect(try open(.reader).sampleCount() == 4)
    }

    @Test func aVacuumIsNoDamage() throws {
        let ledger = try open()
        try commit(0..<10, to: ledger)
        let length = try #require(StateDirectory(directory.path).ledgerLength)
        let queue = try DatabaseQueue(path: directory.ledger)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "CREATE TABLE filler (text TEXT); INSERT INTO filler VALUES (zeroblob(200000))")
            try db.checkpoint(.truncate)
        }
        try commit(10..<11, to: ledger)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "DROP TABLE filler; VACUUM")
            try db.checkpoint(.truncate)
        }
        try queue.close()
        #expect(try #require(StateDirectory(directory.path).ledgerLength) < length + 200_000)
        try commit(11..<12, to: ledger)
        #expect(try ledger.sampleCount() == 12)
    }

    /// The log belongs to a later state than the one that is there now: together they would be neither.
    @Test func anEarlierStateThatIsWrittenOverItIsNoticed() throws {
        let first = try open()
        try commit(0..<3, to: first)
        try first.close()
        let backup = try Data(contentsOf: file)
        let ledger = try open()
        try commit(3..<5000, to: ledger)
        try ledger.database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try commit(5000..<5001, to: ledger)
        try overwrite(with: backup)
        expectDamage("an earlier state was written over it while it is open") { try commit(5001..<5002, to: ledger) }
        try ledger.close()
        #expect(try directory.entries().contains("ledger.sqlite-wal.aside-1"))
        let next = try open()
        #expect(next.loss?.found.samples == 3 && next.loss?.marked.samples == 5001)
        #expect(try next.sampleCount() == 3)
    }

    /// As by the `.restore` of SQLite's shell, which is a transaction like any other.
    @Test func aLedgerThatIsSetBackWhileItIsOpenIsNoticed() throws {
        let ledger = try open()
        try commit(0..<1, to: ledger)
        let then = try ledger.database.read { try PositionRow.position(in: $0) }
        try commit(1..<2, to: ledger)
        try ledger.database.write { try PositionRow.set(then, in: $0) }
        expectDamage("it was set back to its commit 1 while it is open, which was at 2") {
            try commit(2..<3, to: ledger)
        }
        try ledger.close()
        #expect(try open(.reader).loss?.commits == 1)
    }

    // MARK: - Another ledger

    @Test func anotherLedgerThatIsFurtherOnIsNamed() throws {
        let ledger = try open()
        try commit(1..<2, to: ledger)
        try ledger.close()
        let marked = try Data(contentsOf: URL(filePath: mark))
        for name in ["", "-wal", "-shm"] { unlink(directory.ledger + name) }
        let other = try Ledger(directory: directory.path, access: .daemon, beginsAnew: true)
        for second in 3..<9 as Range<Int64> { try commit(second..<second + 1, to: other) }
        try other.close()
        try marked.write(to: URL(filePath: mark))
        let loss = try #require(try open(.reader).loss)
        #expect(
            "\(loss)" == """
                it is another ledger than the one of its high-water mark: its first sample is of 1970-01-01T00:00:03Z, \
                and that one's is of 1970-01-01T00:00:01Z
                """)
        #expect(loss.commits == 0 && loss.missing(longest: 0) == nil)
        let daemon = try open()
        #expect(daemon.loss == loss)
        try commit(9..<10, to: daemon)
        #expect(try open(.reader).loss == nil)
    }

    // MARK: - The mark

    @Test func aMarkThatSaysNothingIsAProblemUntilTheNextCommit() throws {
        try open().close()
        for text in ["", "garbage"] {
            try Data(text.utf8).write(to: URL(filePath: mark))
            let ledger = try open()
            #expect(ledger.markProblem?.hasPrefix("its high-water mark cannot be read") == true)
            try ledger.commit(Batch(observations: [observation(Int64(text.count))]))
            #expect(ledger.markProblem == nil)
            try ledger.close()
        }
        unlink(mark)
        let ledger = try open()
        #expect(ledger.markProblem?.hasPrefix("it has no high-water mark") == true)
    }

    /// What is no file in its place holds nothing up.
    @Test func somethingElseInTheMarksPlaceIsSaid() throws {
        try open().close()
        for make in [{ mkfifo($0, 0o600) }, { mkdir($0, 0o700) }] as [(String) -> Int32] {
            remove(mark)
            try #require(make(mark) == 0)
            let reader = try open(.reader)
            #expect(reader.markProblem?.hasPrefix("its high-water mark cannot be read") == true)
            let ledger = try open()
            try commit(0..<1, to: ledger)
            #expect(ledger.markProblem?.hasPrefix("its high-water mark cannot be written") == true)
            try ledger.close()
        }
        let lock = directory.path + "/availd.lock"
        remove(lock)
        try #require(mkfifo(lock, 0o600) == 0)
        guard case .cannotCreate(lock, _)? = failure(LedgerError.self, { try open() }) else {
            Issue.record("a pipe is no lock")
            return
        }
    }
}
