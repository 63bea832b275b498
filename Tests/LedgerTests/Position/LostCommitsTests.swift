import Foundation
import LedgerSupport
import SLA
import Testing

@testable import Ledger

/// A ledger that has lost what it had acknowledged, by whatever way.
@Suite struct LostCommitsTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func open(_ access: LedgerAccess) throws -> Ledger {
        try Ledger(directory: directory.path, access: access)
    }

    private var log: URL { URL(filePath: directory.ledger + "-wal") }

    /// As a daemon leaves it that is killed after `commits` commits of a sample each.
    private func killed(after commits: Int) throws {
        let child = try Child("commit", directory.path, 1_000_000)
        for _ in 0..<commits { _ = child.line() }
        child.kill()
        #expect(child.status() == SIGKILL)
    }

    @Test func aKillLosesNothing() throws {
        try killed(after: 20)
        let reader = try open(.reader)
        #expect(reader.loss == nil && reader.markProblem == nil)
        #expect(try open(.daemon).loss == nil)
    }

    @Test func aTornFrameIsNamedWithHowMuchIsMissing() throws {
        try killed(after: 30)
        var bytes = try Data(contentsOf: log)
        bytes[32 + (bytes.count - 32) / 4120 / 2 * 4120 + 100] ^= 0xFF
        try bytes.write(to: log)

        let reader = try open(.reader)
        let loss = try #require(reader.loss)
        let left = try reader.sampleCount()
        #expect(loss.commits > 0 && left > 0)
        #expect(loss.marked.samples - loss.found.samples == loss.marked.samples - left)
        #expect("\(loss)".hasPrefix("it is behind its high-water mark: \(loss.commits) commits are missing, with "))
        // Two samples, a millisecond apart from commit to commit, by the longest timeout before.
        let missing = try #require(loss.missing(longest: 0))
        #expect(missing.start.milliseconds == left / 2 && missing.end == (loss.marked.lastAt ?? t(0)) + 1)
        try reader.close()

        // Nobody but the daemon goes on from there.
        #expect(failure(LedgerError.self) { try open(.recorder) } == .behind(path: directory.ledger, reason: "\(loss)"))
        #expect(try Data(contentsOf: log) == bytes)

        let daemon = try open(.daemon)
        #expect(daemon.loss == loss)
        #expect(try directory.entries().contains("ledger.sqlite-wal.behind-\(loss.marked.sequence)"))
        // Its first commit brings the ledger beyond its mark, and whoever comes later finds nothing missing.
        try daemon.commit(Batch(observations: [observation(90_000)]))
        let next = try open(.reader)
        #expect(next.loss == nil)
        #expect(try next.read { try PositionRow.position(in: $0.db).sequence } == loss.marked.sequence + 1)
        try daemon.close()
        #expect(try open(.daemon).loss == nil)
    }

    @Test func aLogThatIsGoneIsNamed() throws {
        try killed(after: 10)
        for suffix in ["-wal", "-shm"] { unlink(directory.ledger + suffix) }
        let loss = try #require(try open(.reader).loss)
        // A kill may come after the commit and before its mark.
        #expect(loss.found == LedgerPosition())
        #expect(loss.marked.samples >= 18)
        // Of a ledger that has nothing, what is missing begins with its first sample.
        #expect(loss.missing(longest: 1000)?.start == t(0))
        #expect(try open(.daemon).loss == loss)
    }

    /// An older copy put in its place is behind; so is another ledger that is as far.
    @Test func anotherLedgerIsNamed() throws {
        let ledger = try open(.daemon)
        try ledger.commit(Batch(observations: [observation(1000)]))
        try ledger.close()
        let copy = try Data(contentsOf: URL(filePath: directory.ledger))
        let again = try open(.daemon)
        try again.commit(Batch(observations: [observation(2000)]))
        try again.close()
        try copy.write(to: URL(filePath: directory.ledger))
        let loss = try #require(try open(.reader).loss)
        #expect(
            "\(loss)" == """
                it is behind its high-water mark: 1 commit is missing, with 1 sample from 1970-01-01T00:00:01Z \
                to 1970-01-01T00:00:02Z
                """)

        let mark = try Data(contentsOf: URL(filePath: directory.path + "/high-water-mark"))
        unlink(directory.path + "/high-water-mark")
        let other = try open(.daemon)
        try other.commit(Batch(observations: [observation(3000, .down)]))
        try other.close()
        try mark.write(to: URL(filePath: directory.path + "/high-water-mark"))
        let twin = try #require(try open(.reader).loss)
        #expect(
            "\(twin)" == "it is another ledger than the one of its high-water mark: its commit 2 is another")
    }

    @Test func aMarkThatIsMissingIsMadeAgainAndSaid() throws {
        let ledger = try open(.daemon)
        try ledger.commit(Batch(observations: [observation(1)]))
        unlink(directory.path + "/high-water-mark")
        #expect(try open(.reader).markProblem?.hasPrefix("it has no high-water mark") == true)
        _ = try open(.recorder)
        #expect(try open(.reader).markProblem == nil)
    }
}
