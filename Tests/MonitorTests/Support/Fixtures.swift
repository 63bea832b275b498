import Foundation
import Ledger
import LedgerSupport
import SLA

/// A folder of its own for each test, gone with it.
final class StateFolder {
    let path: String

    /// - Parameter isDurable: whether it must be on a disk; memory is quicker for what is not about durability.
    init(isDurable: Bool = true) {
        let memory = URL(fileURLWithPath: "/dev/shm")
        let isInMemory = !isDurable && FileManager.default.isWritableFile(atPath: memory.path)
        path =
            (isInMemory ? memory : FileManager.default.temporaryDirectory)
            .appending(path: "availd-monitor-\(UUID())").path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Two services in UTC, a second a sample, stale after 3 s, two failures confirm.
let catalog: Catalog = {
    let services = ["api", "web"].map { id in
        Service(
            id: id, customer: "acme", paid: IntervalSet(Interval(.distantPast, .distantFuture)),
            checks: [
                Check(
                    interval: 1000, timeout: 1000, retryInterval: 1000, confirm: 2, staleAfter: 3000,
                    probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
            ])
    }
    return Catalog(
        agreement: Agreement(calendar: CivilCalendar(zone: .utc)), customers: [Customer(id: "acme")],
        services: services)
}()

func observation(_ service: String, _ at: Instant, _ state: SampleState) -> Observation {
    Observation(check: CheckID(service: service, check: "default"), sample: Sample(at: at, state: state))
}

/// A copy of the ledger in a folder, beside it.
enum SavedLedger {
    /// Copies the ledger, which is closed.
    static func save(_ folder: StateFolder) throws {
        try FileManager.default.copyItem(
            atPath: folder.path + "/ledger.sqlite", toPath: folder.path + "/ledger.sqlite.saved")
    }

    /// Puts the copy in the place of the ledger, which is closed.
    static func restore(_ folder: StateFolder) throws {
        try FileManager.default.removeItem(atPath: folder.path + "/ledger.sqlite")
        try FileManager.default.moveItem(
            atPath: folder.path + "/ledger.sqlite.saved", toPath: folder.path + "/ledger.sqlite")
    }
}
