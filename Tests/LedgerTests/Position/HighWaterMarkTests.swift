import Foundation
import LedgerSupport
import SLA
import Testing

@testable import Ledger

@Suite struct HighWaterMarkTests {
    let directory: TemporaryDirectory
    let mark: HighWaterMark

    init() throws {
        directory = try TemporaryDirectory()
        mark = HighWaterMark(directory: StateDirectory(directory.path))
    }

    private func position(_ sequence: Int64) -> LedgerPosition {
        var position = LedgerPosition()
        position.sequence = sequence
        position.samples = sequence / 2
        position.others = 3
        position.firstAt = sequence > 1 ? t(-5) : nil
        position.lastAt = sequence > 1 ? t(1_790_812_800_000) : nil
        position.digest = String(repeating: "a", count: 64)
        return position
    }

    @Test func whatIsWrittenIsRead() throws {
        #expect(mark.read() == .missing)
        for sequence in [1, 2, 3, 551, 1 << 60] as [Int64] {
            try mark.write(position(sequence))
            #expect(mark.read() == .position(position(sequence)))
        }
    }

    /// A write that was torn anywhere leaves the one before it, or what it was to be: never anything else.
    @Test func aTornWriteLeavesTheOneBefore() throws {
        try mark.write(position(6))
        try mark.write(position(7))
        let before = try Data(contentsOf: URL(filePath: mark.directory.highWaterMark))
        try mark.write(position(8))
        let after = try Data(contentsOf: URL(filePath: mark.directory.highWaterMark))
        #expect(before.count == 1024 && after.count == 1024)
        for length in stride(from: 0, through: 1024, by: 7) {
            try (after.prefix(length) + before.dropFirst(length)).write(to: URL(filePath: mark.directory.highWaterMark))
            let read = mark.read()
            #expect(read == .position(position(7)) || read == .position(position(8)), "\(length) bytes")
        }
    }

    @Test func whatIsNoMarkSaysNothing() throws {
        // No ledger comes to so many commits, and counting on from there would overflow.
        try mark.write(position(.max))
        #expect(mark.read() == .unreadable)
        for text in ["", "availd high-water mark 1\n", String(repeating: "x", count: 5000)] {
            try Data(text.utf8).write(to: URL(filePath: mark.directory.highWaterMark))
            #expect(mark.read() == .unreadable)
            #expect(mark.read().loss(of: LedgerPosition()) == nil)
        }
    }

    /// It follows each commit of whoever makes one, and is never ahead.
    @Test func itFollowsTheCommits() throws {
        let daemon = try Ledger(directory: directory.path, access: .daemon)
        for second in 0..<3 as Range<Int64> {
            try daemon.commit(Batch(observations: [observation(second * 1000), observation(second * 1000 + 500)]))
        }
        let recorder = try Ledger(directory: directory.path, access: .recorder)
        try recorder.record(try exclusion("E1"))
        guard case .position(let marked) = mark.read() else {
            Issue.record("no mark")
            return
        }
        #expect(marked.sequence == 4 && marked.samples == 6 && marked.others == 1)
        #expect(marked.firstAt == t(0) && marked.lastAt == t(2500))
        #expect(try daemon.database.read { try PositionRow.position(in: $0) } == marked)
        // What commits nothing, and what is refused, is none.
        try daemon.record { _ in [] }
        #expect(mark.read() == .position(marked))
        // History from elsewhere moves no edge of what the daemon has seen.
        try recorder.commit(Batch(observations: [observation(-90_000)]))
        guard case .position(let imported) = mark.read() else { return }
        #expect(imported.samples == 7 && imported.firstAt == t(0) && imported.lastAt == t(2500))
    }

    /// Two ledgers that came to other facts have other digests, and the same facts the same.
    @Test func theDigestTellsLedgersApart() throws {
        func digest(_ states: [SampleState]) throws -> String {
            let other = try TemporaryDirectory()
            let ledger = try Ledger(directory: other.path, access: .daemon)
            for (second, state) in states.enumerated() {
                try ledger.commit(Batch(observations: [observation(Int64(second) * 1000, state)]))
            }
            return try ledger.database.read { try PositionRow.position(in: $0).digest }
        }
        let first = try digest([.up, .down, .up])
        #expect(try digest([.up, .down, .up]) == first)
        #expect(try digest([.up, .up, .up]) != first)
    }
}
