import Configuration
import Dispatch
import Foundation
import GRDB
import Ledger
import LedgerSupport
import SLA
import Synchronization
import Testing

@testable import Monitor

/// The whole daemon in this process, with a service that nobody answers for.
@Suite struct DaemonTests {
    private let folder = StateFolder(isDurable: false)
    private let log = TestLog()
    private let signals = SignalInbox(of: [], stopEarly: {})

    /// A daemon; before each reading of its configuration, `wait` is called.
    private func daemon(before wait: @escaping @Sendable () -> Void = {}) throws -> Daemon {
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
        return try Daemon(environment: [:], signals: signals, log: log.logger, beginsAnew: false, stopTime: 3_600_000) {
            wait()
            return try Configuration.load(path: path, secrets: .required, environment: [:])
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
        let race = StopRace(limit: 1, late: { _ in })
        let release = AsyncStream.makeStream(of: Void.self)
        if isRecorded { race.noteRecorded() }
        let outcome = await race.outcome {
            for await _ in release.stream { break }
            return .finished
        }
        #expect(outcome == .cutShort(isRecorded: isRecorded))
        release.continuation.finish()
    }

    @Test func anEndThatIsQuickIsNotWaitedFor() async {
        let race = StopRace(limit: 3_600_000, late: { _ in })
        #expect(await race.outcome(of: { .unrecorded }) == .unrecorded)
    }

    /// What holds the daemon up between the signal and its work counts: where the time is up already, nothing is begun.
    @Test func theTimeBeginsWithTheSignal() async {
        let late = AsyncStream.makeStream(of: Void.self)
        let race = StopRace(limit: 1, late: { _ in late.continuation.yield() })
        race.arm()
        while !race.isLate { await Task.yield() }
        #expect(await race.outcome(of: { .finished }) == .cutShort(isRecorded: false))
        for await _ in late.stream { break }
    }

    /// A configuration that is read without end holds nothing up.
    @Test func aReloadWithoutEndHoldsNoStopUp() async throws {
        let release = DispatchSemaphore(value: 0)
        let isReading = Atomic(false)
        let isFirst = Atomic(true)
        let daemon = try daemon {
            if !isFirst.exchange(false, ordering: .relaxed) {
                isReading.store(true, ordering: .relaxed)
                release.wait()
            }
        }
        let outcome = Task { try await daemon.run() }
        while !log.lines.contains(where: { $0.contains("watching 1 service") }) {
            try await Task.sleep(for: .milliseconds(5))
        }
        signals.deliver(.reload)
        while !isReading.load(ordering: .relaxed) { try await Task.sleep(for: .milliseconds(5)) }
        signals.deliver(.stop)
        #expect(try await outcome.value == .finished)
        release.signal()
    }
}
