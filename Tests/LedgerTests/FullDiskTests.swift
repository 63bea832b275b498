import Foundation
import GRDB
import LedgerSupport
import SLA
import Testing

@testable import Ledger

/// Where the room comes to an end.
enum Room: CaseIterable {
    /// A small tmpfs: the system's own ENOSPC. Where this user may not mount, the pages of the database.
    case disk
    /// The pages that the database may have: SQLite's own SQLITE_FULL, for every user.
    case pages
}

@Suite struct FullDiskTests {
    @Test(arguments: Room.allCases)
    func aFullDiskRefusesOneCommitAndNotTheNext(room: Room) throws {
        let disk = try SmallDisk(mounted: room == .disk)
        let ledger = try Ledger(directory: disk.path, access: .daemon)
        try ledger.commit(Batch(observations: [observation(0)]))
        try disk.fill(ledger)

        // Each attempt brings rows that later attempts refer to: what was rolled back must be forgotten.
        let mail = CheckID(service: "mail", check: "smtp")
        let batch = Batch(
            observations: (1..<3000).map { observation($0, .down, check: mail, cause: .text("cause \($0)")) },
            alerts: [alert(.serviceDown, "mail", 2)])
        for _ in 0..<3 {
            #expect(failure(LedgerError.self) { try ledger.commit(batch) } == .full(path: ledger.path))
            #expect(try ledger.sampleCount() == 1)
            #expect(try ledger.undelivered(limit: 9).isEmpty)
        }

        try disk.makeRoom(ledger)
        #expect(try ledger.commit(batch).recorded == 2999)
        #expect(try ledger.observations(of: mail, in: span(1, 3000)) == batch.observations)
        #expect(try ledger.undelivered(limit: 9).map(\.alert) == batch.alerts)
        #expect(try ledger.checkIntegrity().isEmpty)
        try ledger.close()
        #expect(try Ledger(directory: disk.path, access: .reader).sampleCount() == 3000)
    }

    @Test(arguments: [LedgerAccess.daemon, .recorder, .reader])
    func aFullDiskIsNamedWhereALedgerIsOpened(access: LedgerAccess) throws {
        let disk = try SmallDisk(mounted: true)
        guard disk.isMounted else { return expectRefusal(access) }
        try Ledger(directory: disk.path, access: .recorder).close()
        // Not even room for the log.
        try disk.fillFile(leaving: 0)
        let error = failure(LedgerError.self) { try Ledger(directory: disk.path, access: access) }
        guard case .full = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        try disk.makeRoom(nil)
        #expect(try Ledger(directory: disk.path, access: access).sampleCount() == 0)
    }

    /// Where this user may not mount, no disk can be full before the ledger is open; a directory that cannot
    /// be made stands for it.
    private func expectRefusal(_ access: LedgerAccess) {
        let error = failure(LedgerError.self) { try Ledger(directory: "/proc/availd", access: access) }
        #expect(error != nil)
    }

    @Test func aFullDiskGetsNoHalfOfALedger() throws {
        let disk = try SmallDisk(mounted: true)
        guard disk.isMounted else { return expectRefusal(.recorder) }
        for spare in [0, 8 << 10, 64 << 10] {
            try disk.fillFile(leaving: spare)
            let error = failure(LedgerError.self) { try Ledger(directory: disk.path, access: .recorder) }
            guard case .full = error else {
                Issue.record("with \(spare) bytes left: \(String(describing: error))")
                continue
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: disk.path)
            #expect(left == ["filler"])
        }
        try disk.makeRoom(nil)
        #expect(try Ledger(directory: disk.path, access: .recorder).sampleCount() == 0)
    }
}

/// A file system of a few MB; unmounted with it.
private final class SmallDisk {
    let path: String
    let isMounted: Bool
    private let directory: TemporaryDirectory
    private var filler: String { path + "/filler" }

    init(mounted: Bool) throws {
        directory = try TemporaryDirectory()
        path = directory.path
        isMounted = mounted && mount("tmpfs", path, "tmpfs", 0, "size=8m") == 0
    }

    deinit {
        if isMounted { umount2(path, Int32(MNT_DETACH)) }
    }

    func fill(_ ledger: Ledger) throws {
        guard isMounted else {
            try ledger.database.writeWithoutTransaction { db in
                let count = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
                try db.execute(sql: "PRAGMA max_page_count = \(count)")
            }
            return
        }
        try fillFile(leaving: 0)
    }

    /// Fills the file system up to its last byte, then gives back `spare` bytes.
    func fillFile(leaving spare: Int) throws {
        unlink(filler)
        let descriptor = open(filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let page = [UInt8](repeating: 1, count: 4096)
        var length = 0
        while write(descriptor, page, page.count) == page.count { length += page.count }
        let code = errno
        try #require(code == ENOSPC)
        try #require(ftruncate(descriptor, length - spare) == 0)
    }

    func makeRoom(_ ledger: Ledger?) throws {
        guard isMounted else {
            try ledger?.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
            return
        }
        unlink(filler)
    }
}
