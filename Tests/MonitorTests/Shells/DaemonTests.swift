import Configuration
import Foundation
import GRDB
import Ledger
import LedgerSupport
import SLA
import Testing

@testable import Monitor

/// The whole daemon in this process, with a service that nobody answers for.
@Suite struct DaemonTests {
    private let folder = StateFolder(isDurable: false)
    private let log = TestLog()
    private let signals = SignalInbox(of: [], stopEarly: {})

    private func daemon() throws -> Daemon {
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let path = folder.path + "/availd.yaml"
        let yaml = """
            agreement: {timezone: UTC}
            customers: [{id: acme}]
            services: [{id: web, customer: acme, paid: [{from: 2026-01-01}], url: "tcp://127.0.0.1:1"}]
            probing: {allow_addresses: [127.0.0.0/8]}
            state_directory: \(folder.path)/state
            """
        try yaml.write(toFile: path, atomically: true, encoding: .utf8)
        // However busy the machine is, the end is waited for.
        return try Daemon(environment: [:], signals: signals, log: log.logger, stopTime: 3_600_000) {
            try Configuration.load(path: path, secrets: .required, environment: [:])
        }
    }

    /// A daemon that a signal ends says how, and leaves the ledger to the next.
    @Test func runReturns() async throws {
        for run in 1...2 {
            let daemon = try daemon()
            let outcome = Task { try await daemon.run() }
            while log.lines.count(where: { $0.contains("watching 1 service") }) < run {
                try await Task.sleep(for: .milliseconds(5))
            }
            signals.deliver(.stop)
            #expect(try await outcome.value == .finished)
            #expect(log.lines.last == "notice stopped")
        }
        let ledger = try Ledger(directory: folder.path + "/state", access: .daemon)
        let kinds = try ledger.daemonEvents(since: .distantPast).map(\.kind).filter { $0 != .reload }
        #expect(kinds == [.start, .stop, .start, .stop])
        try ledger.close()
    }

    /// A start that fails gives up the lock: whoever comes next is not told that somebody holds the ledger.
    @Test func aStartThatFailsLeavesNothingBehind() async throws {
        let daemon = try daemon()
        let path = folder.path + "/state/ledger.sqlite"
        let other = try DatabaseQueue(path: path)
        try await other.write { try $0.execute(sql: "DROP TABLE daemon_events") }
        await #expect(throws: LedgerError.self) { _ = try await daemon.run() }
        #expect(!log.lines.contains { $0.contains("watching") })
        do {
            try Ledger(directory: folder.path + "/state", access: .daemon).close()
        } catch LedgerError.locked {
            Issue.record("the lock is still held")
        } catch {}
    }

    /// Whatever holds the end up, it comes in time, and says whether the last samples are recorded.
    @Test(arguments: [false, true])
    func anEndThatIsHeldUpComesInTime(isRecorded: Bool) async {
        let race = StopRace()
        let release = AsyncStream.makeStream(of: Void.self)
        if isRecorded { race.noteRecorded() }
        let outcome = await race.outcome(within: 1, late: {}) {
            for await _ in release.stream { break }
            return .finished
        }
        #expect(outcome == .cutShort(isRecorded: isRecorded))
        release.continuation.finish()
    }

    @Test func anEndThatIsQuickIsNotWaitedFor() async {
        let race = StopRace()
        #expect(await race.outcome(within: 3_600_000, late: {}, of: { .samplesLost }) == .samplesLost)
    }
}
