import Foundation
import LedgerSupport
import SLA
import Testing

@testable import Ledger

/// Somebody moves, removes or replaces files under a ledger that is open; and before one is.
@Suite struct MovedFilesTests {
    let directory: TemporaryDirectory
    let ledger: Ledger

    init() throws {
        directory = try TemporaryDirectory()
        ledger = try Ledger(directory: directory.path + "/state", access: .daemon)
        try ledger.commit(Batch(observations: [observation(1)]))
    }

    private var state: String { directory.path + "/state" }

    private func commit(_ second: Int64) throws { try ledger.commit(Batch(observations: [observation(second)])) }

    private func expectRefusal(_ reason: String, _ advice: String) {
        let error = failure(LedgerError.self) { try commit(2) }
        #expect(error == .moved(path: ledger.path, reason: "\(reason) while it is open; \(advice)"))
    }

    @Test func aDirectoryThatWasMovedIsNoticedAndTakenBack() throws {
        let advice = "put it back: a restart of availd would begin a new ledger"
        rename(state, directory.path + "/elsewhere")
        expectRefusal("the state directory was moved or removed", advice)
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: false)
        expectRefusal("the state directory was moved or removed", advice)
        rmdir(state)
        rename(directory.path + "/elsewhere", state)
        try commit(2)
        #expect(try Ledger(directory: state, access: .reader).sampleCount() == 2)
    }

    @Test func aLedgerThatWasReplacedIsNoticed() throws {
        rename(ledger.path, ledger.path + ".old")
        expectRefusal(
            "the ledger was moved or removed", "put it back: availd does not start again without it")
        try FileManager.default.copyItem(atPath: ledger.path + ".old", toPath: ledger.path)
        expectRefusal("the ledger was replaced", "put back what was there, or restart availd")
    }

    /// The log of whoever has come after is not the one that is open: closing leaves it alone.
    @Test func closingLeavesAnothersLogAlone() throws {
        rename(ledger.path, ledger.path + ".old")
        rename(ledger.path + "-wal", ledger.path + "-wal.old")
        let anothers = Data(repeating: 7, count: 9000)
        try anothers.write(to: URL(filePath: ledger.path + "-wal"))
        try ledger.close()
        #expect(try Data(contentsOf: URL(filePath: ledger.path + "-wal")) == anothers)
    }

    @Test func aLogThatWasRemovedLosesNothing() throws {
        unlink(ledger.path + "-wal")
        guard case .moved(let path, _) = failure(LedgerError.self, { try commit(2) }) else { return }
        #expect(path == ledger.path + "-wal")
        // Also where the process is killed now, what is committed is in the ledger.
        try FileManager.default.copyItem(atPath: ledger.path, toPath: directory.path + "/ledger.sqlite")
        #expect(try Ledger(directory: directory.path, access: .reader).sampleCount() == 1)
    }

    @Test func aLockThatWasRemovedIsTakenAgain() throws {
        unlink(state + "/availd.lock")
        try commit(2)
        guard case .locked = failure(LedgerError.self, { try Ledger(directory: state, access: .daemon) }) else {
            Issue.record("the lock is free")
            return
        }
    }

    @Test func aLedgerThatIsGoneIsNotMadeAnew() throws {
        try ledger.close()
        for name in ["", "-wal", "-shm"] { unlink(ledger.path + name) }
        let gone = LedgerError.vanished(path: ledger.path, traces: ["availd.lock", "high-water-mark"])
        for access in [LedgerAccess.daemon, .recorder, .reader] {
            #expect(failure(LedgerError.self) { try Ledger(directory: state, access: access) } == gone)
        }
        #expect(
            gone.description == """
                \(ledger.path): there is no ledger here, and there was one, by availd.lock, high-water-mark: put it back, \
                or restore the backup; availd run --new-ledger begins anew
                """)
        // Its log may hold all that there was.
        try Data("log".utf8).write(to: URL(filePath: ledger.path + "-wal"))
        #expect(throws: LedgerError.self) { try Ledger(directory: state, access: .daemon, beginsAnew: true) }
        #expect(try Data(contentsOf: URL(filePath: ledger.path + "-wal")) == Data("log".utf8))
        unlink(ledger.path + "-wal")
        let new = try Ledger(directory: state, access: .daemon, beginsAnew: true)
        #expect(try new.sampleCount() == 0 && new.loss == nil)
        try new.close()
        #expect(try Ledger(directory: state, access: .daemon).loss == nil)
    }

    /// A creation that was killed leaves nothing that says that there was a ledger.
    @Test func aFirstStartThatWasKilledIsAFirstStart() throws {
        let other = directory.path + "/other"
        try Ledger(directory: other, access: .recorder).close()
        let made = try FileManager.default.contentsOfDirectory(atPath: other).sorted()
        #expect(made == ["high-water-mark", "ledger.sqlite"])
        unlink(other + "/high-water-mark")
        rename(other + "/ledger.sqlite", other + "/ledger.sqlite.new")
        #expect(try Ledger(directory: other, access: .daemon).sampleCount() == 0)
    }

    @Test(arguments: [LedgerAccess.daemon, .recorder, .reader])
    func anEmptyLedgerLeavesItsLogAlone(access: LedgerAccess) throws {
        let log = try Data(contentsOf: URL(filePath: ledger.path + "-wal"))
        try FileManager.default.createDirectory(atPath: directory.path + "/emptied", withIntermediateDirectories: false)
        let emptied = directory.path + "/emptied/ledger.sqlite"
        try Data().write(to: URL(filePath: emptied))
        try log.write(to: URL(filePath: emptied + "-wal"))
        let error = failure(LedgerError.self) { try Ledger(directory: directory.path + "/emptied", access: access) }
        let said = "\(emptied): damaged: it is empty, and \(log.count) bytes of its log"
        #expect(error?.description.hasPrefix(said) == true)
        #expect(error?.exitClass == .badData)
        #expect(try Data(contentsOf: URL(filePath: emptied + "-wal")) == log)
    }
}
