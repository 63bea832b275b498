import Foundation
import Ledger
import LedgerSupport
import SLA
import Testing

@testable import Monitor
@testable import UseCases

/// March 2020 of two services in UTC, an hour a sample: long over, whatever the clock of this machine says.
struct ClosingWorld {
    let folder: StateFolder
    let month: CivilMonth
    let period: Interval
    let ledger: Ledger
    var services: [Service]
    var agreement: Agreement

    init(_ folder: StateFolder) throws {
        self.folder = folder
        month = try #require(CivilMonth("2020-03"))
        agreement = Agreement(
            calendar: CivilCalendar(zone: .utc),
            // Without tiers: no amendment of it lowers a credit.
            compensation: Compensation(currency: "VND"))
        period = agreement.calendar.interval(of: month)
        services = ["api", "web"].map { id in
            Service(
                id: id, customer: "acme", groups: [id == "web" ? "rack-1" : "rack-2"], price: ExactDecimal(200_000),
                paid: IntervalSet(Interval(.distantPast, .distantFuture)),
                checks: [
                    Check(
                        interval: 3_600_000, staleAfter: 7_200_000,
                        probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
                ])
        }
        ledger = try Ledger(directory: folder.path, access: .daemon)
        // Down for ten hours of the second day; from two hours before the month to two after it.
        let observations = services.flatMap { service in
            (-2..<(31 * 24 + 2)).map { hour in
                observation(service.id, at(hour), (30..<40).contains(hour) ? .down : .up)
            }
        }
        try ledger.commit(Batch(observations: observations))
    }

    /// `hours` after the month's beginning, and some minutes.
    func at(_ hours: Int, _ minutes: Int = 0) -> Instant {
        period.start + Milliseconds(hours * 60 + minutes) * 60_000
    }

    var catalog: Catalog {
        Catalog(agreement: agreement, customers: [Customer(id: "acme")], services: services)
    }

    var closing: StatementClosing {
        StatementClosing(month: month, asOf: nil, by: "lan", reason: nil, configured: catalog)
    }

    func close() throws -> StatementClosing.Outcome {
        try closing.close(in: ledger, clock: { SystemNow.instant })
    }

    func exclusion(
        _ id: String, _ hours: Range<Int>, scope: [ScopeTerm] = [.all], evidence: String = "t"
    ) throws
        -> Exclusion
    {
        Exclusion(
            id: id, category: .thirdParty, scope: scope,
            interval: try #require(Interval(at(hours.lowerBound), at(hours.upperBound))), evidence: evidence,
            recordedAt: SystemNow.next, recordedBy: "lan")
    }

    /// Plans scheduled maintenance of everything in `hours`, two days before the month.
    func plan(_ hours: Range<Int>) throws {
        let interval = try #require(Interval(at(hours.lowerBound), at(hours.upperBound)))
        _ = try ledger.record(
            MaintenancePlan(
                number: 0, kind: .scheduled, scope: [.all], recurrence: .once(interval), reason: "disks",
                plannedAt: at(-48), plannedBy: "lan"))
    }

    /// Records now that the plan was announced by `channel` a day before the month.
    func deliver(_ channel: NoticeChannel, plan: Int) throws {
        let delivery = NoticeDelivery(
            subject: .plan(plan), customer: channel.isPublic ? nil : "acme", channel: channel, at: at(-24),
            recordedAt: SystemNow.next, by: "mai", answer: "a link")
        try ledger.record([delivery])
    }

    func verify(quick: Bool = false, seal: String? = nil) throws -> [String] {
        try Ledger(directory: folder.path, access: .reader).read { snapshot in
            try LedgerVerification.verify(snapshot, path: "ledger", quick: quick, seal: seal).findings
                .map { "\($0.isDamage ? "damage" : "notice"): \($0.subject): \($0.text)" }
        }
    }

    /// The rows of a CSV by service, without `as_of`, which is the last cell.
    static func rows(_ csv: [UInt8]) -> [String: String] {
        let lines = String(decoding: csv, as: UTF8.self).split(separator: "\r\n").dropFirst()
        return Dictionary(
            lines.map { line in
                let cells = line.split(separator: ",", omittingEmptySubsequences: false)
                return (String(cells[2]), cells.dropLast().joined(separator: ","))
            }, uniquingKeysWith: { first, _ in first })
    }
}
