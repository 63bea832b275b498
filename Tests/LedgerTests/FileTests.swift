import Foundation
import GRDB
import LedgerSupport
import SLA
import Testing

@testable import Ledger

/// Who may do what with the files. Run as root, as the daemon's packages are built and as CI runs; without
/// root, what needs another user checks that this one's own files are its own.
@Suite struct FileTests {
    let directory: TemporaryDirectory
    private static let nobody: UInt32 = 65534

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func status(_ name: String) throws -> stat {
        var status = stat()
        try #require(stat(directory.path + "/" + name, &status) == 0, "\(name): \(SystemError.text(errno))")
        return status
    }

    @Test func nobodyButTheGroupReadsTheFiles() throws {
        let ledger = try Ledger(directory: directory.path, access: .daemon)
        try ledger.commit(Batch(observations: [observation(1)]))
        let names = try directory.entries()
        #expect(names == ["availd.lock", "high-water-mark", "ledger.sqlite", "ledger.sqlite-shm", "ledger.sqlite-wal"])
        for name in names {
            #expect(try status(name).st_mode & 0o137 == 0, "\(name) is wider than 0640")
        }
    }

    @Test(arguments: [LedgerAccess.daemon, .recorder])
    func whatRootCreatesBelongsToTheDirectorysOwner(access: LedgerAccess) throws {
        let owner = geteuid() == 0 ? Self.nobody : geteuid()
        try #require(chown(directory.path, owner, geteuid() == 0 ? Self.nobody : getegid()) == 0)
        let ledger = try Ledger(directory: directory.path, access: access)
        try ledger.commit(Batch(observations: [observation(1)]))
        let names = try directory.entries()
        #expect(names.contains("ledger.sqlite-wal") && names.contains("ledger.sqlite-shm"))
        for name in names {
            #expect(try status(name).st_uid == owner, "\(name)")
        }
    }

    @Test func rootReadingLeavesFilesThatTheOwnerCanOpen() throws {
        try Ledger(directory: directory.path, access: .recorder).close()
        let owner = geteuid() == 0 ? Self.nobody : geteuid()
        for path in [directory.path, directory.ledger, directory.path + "/high-water-mark"] {
            try #require(chown(path, owner, geteuid() == 0 ? Self.nobody : getegid()) == 0)
        }
        let reader = try Ledger(directory: directory.path, access: .reader)
        #expect(try reader.sampleCount() == 0)
        for name in try directory.entries() {
            #expect(try status(name).st_uid == owner, "\(name)")
        }
    }

    @Test func aUserWithoutRightsIsTold() throws {
        try Ledger(directory: directory.path, access: .recorder).close()
        chmod(directory.ledger, 0o600)
        let child = try Child("read-as-nobody", directory.path)
        let said = child.lines()
        #expect(said == [message(.permissionDenied(path: directory.ledger, reason: "Permission denied"))])
    }

    @Test func aDirectoryThatMayNotBeWrittenToIsReadWithAndWithoutADaemon() throws {
        let daemon = try Ledger(directory: directory.path, access: .daemon)
        try daemon.commit(Batch(observations: [observation(1), observation(2)]))
        for name in try directory.entries() { chmod(directory.path + "/" + name, 0o644) }
        let beside = try Child("read-as-nobody", directory.path)
        #expect(beside.lines() == expected("2"))

        try daemon.close()
        for name in ["-wal", "-shm"] { unlink(directory.ledger + name) }
        let after = try Child("read-as-nobody", directory.path)
        #expect(after.lines() == expected("2"))
        #expect(try directory.entries() == ["availd.lock", "high-water-mark", "ledger.sqlite"])
    }

    @Test func readingWithoutLocksNoticesAWriter() throws {
        try Ledger(directory: directory.path, access: .recorder).close()
        for name in try directory.entries() { chmod(directory.path + "/" + name, 0o644) }
        let child = try Child("read-as-nobody-meanwhile", directory.path)
        guard child.line() != nil else {
            // Without root the child cannot become another user.
            #expect(geteuid() != 0)
            return
        }
        let daemon = try Ledger(directory: directory.path, access: .daemon)
        try daemon.commit(Batch(observations: [observation(1)]))
        child.proceed()
        #expect(child.lines() == [message(.changedWhileRead(path: directory.ledger))])
    }

    @Test func aPathIsNotTakenForAURI() throws {
        #expect(
            Connecting.immutableURI("/a b/%41?x#y/ledger.sqlite")
                == "file:///a b/%2541%3fx%23y/ledger.sqlite?immutable=1")
        #expect(StateDirectory("file:x").ledger == "./file:x/ledger.sqlite")
        let odd = directory.path + "/100%41 ?mode=memory#x"
        try Ledger(directory: odd, access: .recorder).close()
        let queue = try DatabaseQueue(path: Connecting.immutableURI(odd + "/ledger.sqlite"), configuration: .init())
        #expect(try queue.read { try Int32.fetchOne($0, sql: "PRAGMA application_id") } == Schema.applicationID)
    }

    private func message(_ error: LedgerError) -> String {
        geteuid() == 0 ? "error: \(error)" : "error: cannot become nobody"
    }

    private func expected(_ line: String) -> [String] {
        geteuid() == 0 ? [line] : ["error: cannot become nobody"]
    }
}
