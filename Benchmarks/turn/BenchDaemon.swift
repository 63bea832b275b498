import Foundation
import Ledger
import Logging
import Monitor
import Platform
import SLA
import Synchronization

/// The recording part of a daemon, on a clock of the benchmark's own.
struct BenchDaemon {
    /// What turns have cost, in ms.
    struct Cost {
        var turns = 0
        /// The CPU time of the longest one, and of all.
        var longest: Int64 = 0
        var all: Int64 = 0
        /// The time that has passed until the last sample was durable.
        var waited: Int64 = 0

        mutating func add(_ other: Cost) {
            turns += other.turns
            longest = max(longest, other.longest)
            all += other.all
            waited = max(waited, other.waited)
        }
    }

    /// A clock that goes as the benchmark says.
    private final class Clock: Sendable {
        private let time = Mutex(
            Now(
                wall: Instant(milliseconds: 1_790_812_800_000),
                monotonic: MonotonicInstant(nanoseconds: 1_000_000_000)))
        var now: Now { time.withLock { $0 } }
        func pass(_ length: Milliseconds) {
            time.withLock { $0 = Now(wall: $0.wall + length, monotonic: $0.monotonic + length) }
        }
    }

    let ledger: Ledger
    private let catalog: Catalog
    private let clock = Clock()
    private let pending = PendingObservations()
    private let folder = FileManager.default.temporaryDirectory.appending(path: "availd-turn-\(UUID())")
    private var recorder: Recorder

    init(_ catalog: Catalog) throws {
        self.catalog = catalog
        ledger = try Ledger(directory: folder.path, access: .daemon)
        let passes = PassClock { [clock] in clock.now }
        try passes.goOn(with: ledger)
        recorder = try Recorder(
            catalog: catalog, ledger: ledger, announced: nil, pending: pending,
            spill: SpillFiles(KeepingPlaces(stateDirectory: folder.path)),
            announcing: Recorder.Announcing(deliver: {}, announce: { _ in }),
            log: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }, clock: passes,
            isStopping: { false }, progress: { _ in })
        try recorder.start(DaemonEvent(kind: .start, at: clock.now.wall, pid: 1, version: "1"))
    }

    var now: Now { clock.now }

    func pass(_ length: Milliseconds) { clock.pass(length) }

    func see(_ service: String, _ state: SampleState, address: String? = nil, cause: Cause? = nil) {
        pending.add(
            Observation(
                check: CheckID(service: service, check: "default"), sample: Sample(at: clock.now.wall, state: state),
                address: address, cause: cause))
    }

    /// Every service is seen, each at an address of its own.
    func seeAll(_ state: SampleState, cause: Cause? = nil) {
        for (number, service) in catalog.services.enumerated() {
            see(service.id, state, address: "10.\(number / 250).\(number % 250).1", cause: cause)
        }
    }

    mutating func follow(_ catalog: Catalog) throws {
        try recorder.follow(catalog, DaemonEvent(kind: .reload, at: clock.now.wall, pid: 1, version: "1"))
    }

    /// Takes turns until nothing is left to do.
    mutating func turns() -> Cost {
        var cost = Cost()
        var isMore = true
        let begin = SystemClock.monotonic()
        var all: UInt64 = 0
        while isMore {
            let hasSamples = !pending.isEmpty
            let began = SystemClock.computedByThread()
            isMore = recorder.turn()
            let spent = SystemClock.computedByThread() - began
            if hasSamples { cost.waited = SystemClock.monotonic() - begin }
            cost.turns += 1
            cost.longest = max(cost.longest, Int64(spent / 1_000_000))
            all += spent
        }
        cost.all = Int64(all / 1_000_000)
        return cost
    }

    /// How many lines there are for operators.
    var lines: String {
        let alerts = (try? ledger.read { try $0.alerts(of: AlertEvent.allCases, since: .distantPast).count }) ?? 0
        return "\(alerts) alerts"
    }
}
