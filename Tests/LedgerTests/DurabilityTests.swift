import Foundation
import GRDB
import LedgerSupport
import SLA
import Testing

@testable import Ledger

@Suite struct DurabilityTests {
    let directory: TemporaryDirectory
    private let pair = [CheckID(service: "a", check: "default"), CheckID(service: "b", check: "default")]

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func instants(_ ledger: Ledger) throws -> [[Int64]] {
        try ledger.read { snapshot in
            try pair.map { check in
                try snapshot.observations(of: check, in: span(-1, 1 << 40)).map(\.sample.at.milliseconds)
            }
        }
    }

    @Test func aKilledDaemonKeepsEveryCommitThatItSaidItMade() throws {
        for round in 1...4 {
            let child = try Child("commit", directory.path, 1_000_000)
            for _ in 0..<(25 * round) { #expect(child.line() != nil) }
            child.kill()
            let said = child.lines().last
            #expect(child.status() == SIGKILL)
            let last = said.flatMap { Int64($0) } ?? Int64(25 * round - 1)

            // First a reader, which finds the log as the killed daemon left it; then another daemon.
            for access in [LedgerAccess.reader, .daemon] {
                let ledger = try Ledger(directory: directory.path, access: access)
                let kept = try instants(ledger)
                #expect(kept[0] == kept[1], "half of a commit")
                #expect(kept[0] == Array(0..<Int64(kept[0].count)))
                #expect(kept[0].count > last, "\(last) was committed")
                #expect(try ledger.checkIntegrity().isEmpty)
                try ledger.close()
            }
        }
    }

    @Test func daemonRecorderAndReaderWorkAtOnce() throws {
        let daemon = try Child("commit", directory.path, 300)
        #expect(daemon.line() == "0")
        let recorder = try Child("record", directory.path, 60)
        let reader = try Ledger(directory: directory.path, access: .reader)
        var (samples, version) = (0, Int64(0))
        while samples < 300 || version < 120 {
            let now = try instants(reader)
            #expect(now[0] == now[1], "half of a commit")
            #expect(now[0].count >= samples)
            let nextVersion = try reader.exclusionsVersion()
            #expect(nextVersion >= version)
            (samples, version) = (now[0].count, nextVersion)
        }
        #expect(daemon.lines().count == 299)
        #expect(recorder.lines() == (0..<60).map(String.init))
        #expect(daemon.status() == 0)
        #expect(recorder.status() == 0)
        let exclusions = try reader.exclusions()
        #expect(exclusions.map(\.exclusion.id) == (0..<60).map { "E\($0)" })
        #expect(exclusions.allSatisfy { $0.revokedBy == "op" })
        #expect(try reader.checkIntegrity().isEmpty)
    }

    @Test func twoProgramsThatCreateTheLedgerGetTheSame() throws {
        for round in 0..<5 {
            let path = directory.path + "/\(round)"
            let children = try [Child("record", path, 1), Child("commit", path, 1)]
            for child in children { #expect(child.lines() == ["0"]) }
            let reader = try Ledger(directory: path, access: .reader)
            #expect(try reader.exclusions().count == 1)
            #expect(try reader.sampleCount() == 2)
        }
    }

    @Test func theLogDoesNotGrowWithoutBound() throws {
        let ledger = try Ledger(directory: directory.path, access: .daemon)
        var longest: Int64 = 0
        for round in 0..<20 {
            let observations = (0..<50).map { index in
                let at = Int64(round * 50 + index)
                return observation(at, .down, cause: .text("\(at) " + String(repeating: "x", count: 8192)))
            }
            try ledger.commit(Batch(observations: observations))
            longest = max(longest, ledger.directory.writeAheadLogLength)
        }
        #expect(longest > LogKeeper.passiveLength, "the test writes too little")
        // What one commit adds comes on top.
        #expect(longest < 2 * LogKeeper.passiveLength)
    }

    @Test func aLogThatReadersKeepIsTruncatedNowAndThen() {
        var keeper = LogKeeper()
        let mebibyte: Int64 = 1 << 20
        #expect(keeper.due(length: 0) == nil)
        #expect(keeper.due(length: LogKeeper.keptLength) == nil)
        #expect(keeper.due(length: 4 * mebibyte) == .passive)
        #expect(keeper.due(length: 64 * mebibyte) == .truncate)
        // It did not succeed: not again at every commit, since it may wait for readers.
        #expect(keeper.due(length: 65 * mebibyte) == .passive)
        #expect(keeper.due(length: 129 * mebibyte) == .truncate)
        #expect(keeper.due(length: 0) == nil)
        #expect(keeper.due(length: 64 * mebibyte) == .truncate)
    }
}
