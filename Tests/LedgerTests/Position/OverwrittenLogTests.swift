import Foundation
import LedgerSupport
import SLA
import Testing

@testable import Ledger

/// Somebody cuts, overwrites, replaces or removes the log of a ledger that is open, or its index: nothing that was in the
/// ledger's file is lost by it, and what is missing shows.
@Suite struct OverwrittenLogTests {
    let directory: TemporaryDirectory
    /// Three samples are in the ledger's file, and three in the log.
    let ledger: Ledger

    init() throws {
        directory = try TemporaryDirectory()
        ledger = try Ledger(directory: directory.path, access: .daemon)
        try commit(0..<3)
        try moveLog()
        try commit(3..<6)
    }

    private var file: URL { URL(filePath: directory.ledger) }
    private var log: URL { URL(filePath: directory.ledger + "-wal") }
    private var index: String { directory.ledger + "-shm" }

    private func commit(_ seconds: Range<Int64>) throws {
        try ledger.commit(Batch(observations: seconds.map { observation($0 * 1000) }))
    }

    private func moveLog() throws {
        try ledger.database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    }

    /// Writes `content` over the log, as cp(1) does: it stays the same file.
    private func overwrite(with content: Data) throws {
        let handle = try FileHandle(forWritingTo: log)
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: content)
        try handle.close()
    }

    private func expectDamage(_ said: String, _ body: () throws -> Void) {
        guard case .damaged(log.path, let reason)? = failure(LedgerError.self, body) else {
            Issue.record("not damaged")
            return
        }
        #expect(reason.hasPrefix(said), "\(reason)")
    }

    /// The samples of the next start, and how many it knows to be missing.
    private func restarted() throws -> (samples: Int64, missing: Int64) {
        try ledger.close()
        let next = try Ledger(directory: directory.path, access: .daemon)
        #expect(try next.read { try $0.checkIntegrity() }.isEmpty)
        return (try next.sampleCount(), next.loss.map { $0.marked.samples - $0.found.samples } ?? 0)
    }

    @Test(arguments: [0, 20, 32, 5000, -4120, -1])
    func aLogThatWasCutIsNotMovedIntoTheFile(length: Int) throws {
        let (content, whole) = (try Data(contentsOf: file), try Data(contentsOf: log))
        let cut = whole.prefix(length < 0 ? whole.count + length : length)
        try overwrite(with: cut)
        let said = "it was cut from \(whole.count) bytes to \(cut.count) while the ledger is open"
        expectDamage(said) { try commit(6..<7) }
        expectDamage(said) { _ = try ledger.sampleCount() }
        expectDamage(said) { try commit(6..<7) }
        ledger.keepLog()
        try ledger.close()
        #expect(try Data(contentsOf: file) == content && Data(contentsOf: log) == cut)
        #expect(try restarted() == (3, 3))
    }

    @Test func whatIsPutBackIsGoneOnWith() throws {
        let whole = try Data(contentsOf: log)
        try overwrite(with: whole.prefix(whole.count / 2))
        expectDamage("it was cut") { try commit(6..<7) }
        try overwrite(with: Data(repeating: 7, count: whole.count))
        expectDamage("it was overwritten with something else") { try commit(6..<7) }
        try overwrite(with: whole)
        try commit(6..<7)
        #expect(try restarted() == (7, 0))
    }

    /// What was there before the last commit is as long as the log may be, where that began over.
    @Test func anEarlierStateOfTheLogIsNoticed() throws {
        let earlier = try Data(contentsOf: log)
        try commit(6..<9)
        let length = try Data(contentsOf: log).count
        try overwrite(with: earlier + Data(count: length - earlier.count))
        expectDamage("it was overwritten with something else") { try commit(9..<10) }
        #expect(try restarted() == (6, 3))
    }

    /// It was cut between a look and a commit: what that added hides the hole from whoever looks at the end alone.
    @Test(arguments: [0, 1, 4000, 4119, 4120])
    func aHoleBeforeTheLastCommitIsNoticed(kept: Int) throws {
        let whole = try Data(contentsOf: log)
        try commit(6..<9)
        let later = try Data(contentsOf: log)
        let cut = whole.count - 4120 + kept - 1
        try overwrite(with: whole.prefix(cut) + Data(count: whole.count - cut) + later.dropFirst(whole.count))
        expectDamage("it was overwritten with something else") { try commit(9..<10) }
    }

    /// Beside the ledger's file, which is further on, it would be taken for that one's.
    @Test func aLogOfAnEarlierTimeIsSetAside() throws {
        let earlier = try Data(contentsOf: log)
        try moveLog()
        try commit(6..<9)
        try overwrite(with: earlier)
        expectDamage("it was overwritten with the log of another time") { try commit(9..<10) }
        let content = try Data(contentsOf: file)
        try ledger.close()
        #expect(try Data(contentsOf: file) == content)
        #expect(try Data(contentsOf: URL(filePath: log.path + ".aside-1")) == earlier)
        #expect(try restarted() == (6, 3))
    }

    /// What is open is whole: it is moved into the file, and what stands at its path is set aside.
    @Test func aLogThatWasReplacedLosesNothing() throws {
        let earlier = try Data(contentsOf: log)
        try commit(6..<9)
        unlink(log.path)
        try earlier.write(to: log)
        let error = failure(LedgerError.self) { try commit(9..<10) }
        guard case .moved(log.path, _)? = error else {
            Issue.record("\(error.debugDescription)")
            return
        }
        #expect(try Data(contentsOf: URL(filePath: log.path + ".aside-1")) == earlier)
        #expect(try restarted() == (9, 0))
    }

    /// Cut and removed: what is open is not whole either.
    @Test func aLogThatWasCutBeforeItWasRemovedIsNotMovedIntoTheFile() throws {
        let content = try Data(contentsOf: file)
        try overwrite(with: Data())
        unlink(log.path)
        expectDamage("it was cut") { try commit(9..<10) }
        try ledger.close()
        #expect(try Data(contentsOf: file) == content)
        #expect(try restarted() == (3, 3))
    }

    // MARK: - Its index

    /// It is made of the log again.
    @Test(arguments: [0, 3, 100])
    func anIndexThatWasCutIsMadeAnew(length: Int) throws {
        try #require(truncate(index, off_t(length)) == 0)
        #expect(try ledger.sampleCount() == 6)
        try #require(truncate(index, off_t(length)) == 0)
        try commit(6..<7)
        #expect(try restarted() == (7, 0))
    }

    /// Whoever comes next makes another one, and neither knows of the other's locks.
    @Test func anIndexThatWasRemovedEndsTheCommits() throws {
        let content = try Data(contentsOf: file)
        unlink(index)
        for _ in 0..<2 {
            let error = failure(LedgerError.self) { try commit(6..<7) }
            #expect(
                error
                    == .moved(
                        path: index,
                        reason: """
                            it was removed or replaced while the ledger is open; what was committed is in the log: restart \
                            availd
                            """))
        }
        try ledger.close()
        #expect(try Data(contentsOf: file) == content)
        #expect(try restarted() == (6, 0))
    }

    // MARK: - What is no damage

    /// Another program moves the log into the file, and begins it anew: as often as it likes.
    @Test func theLogBeginsAnewByWhoeverWrites() throws {
        let other = try Ledger(directory: directory.path, access: .recorder)
        for second in 6..<40 as Range<Int64> {
            try commit(second..<second + 1)
            try other.commit(Batch(observations: [observation(second * 1000 + 500)]))
            if second % 3 == 0 {
                try other.database.writeWithoutTransaction {
                    _ = try $0.checkpoint(second % 2 == 0 ? .truncate : .passive)
                }
            }
            #expect(try ledger.sampleCount() == 2 * second - 4)
        }
        try other.close()
        #expect(try restarted() == (74, 0))
    }
}
