import ArgumentParser
import Configuration
import Intake
import Ledger
import Monitor
import Reporting
import SLA
import UseCases

/// `availd maintenance`
struct MaintenanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "maintenance",
        abstract: "Plan maintenance, announce it, and see who still has to be told.",
        discussion: """
            A planned window becomes an exclusion for each affected customer (clauses 3.1, 6.1, 6.2): admitted where \
            the last of the channels that the customer must be told by was done long enough before it begins, 24 h for \
            scheduled maintenance and 1 h for an emergency, unless the agreement says otherwise. Nothing is edited: \
            a window is cancelled, or extended by a new announcement. These commands work while the daemon runs.

            A plan is called M3, one of its windows M3.2026-10-11, and an extension M3.x1.
            """,
        subcommands: [
            MaintenancePlanCommand.self, MaintenanceList.self, MaintenanceShow.self, MaintenanceAnnounce.self,
            MaintenanceDelivered.self, MaintenanceCalls.self, MaintenanceCancel.self, MaintenanceExtend.self,
        ])
}

/// What a maintenance command is about, as it was written.
struct SubjectArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("M3, M3.2026-10-11 or M3.x1.", valueName: "id"))
    var id: String

    /// The subject, which `record` knows.
    ///
    /// - Throws: a ``Failure`` of bad data that names the nearest one.
    func resolve(in record: MaintenanceRecord, _ calendar: CivilCalendar) throws -> (NoticeSubject, MaintenancePlan) {
        guard let subject = NoticeSubject(id) else {
            throw Failure(
                status: ExitStatus.badData,
                message: "found \(Diagnostic.quoted(id)), expected a plan, a window or an extension, as M3, "
                    + "M3.2026-10-11 or M3.x1")
        }
        guard let plan = record.plan(subject.plan) else {
            throw unknown("there is no plan M\(subject.plan)", "M\(subject.plan)", among: record.plans.map(\.id))
        }
        switch subject {
        case .plan: break
        case .window(_, let date):
            if record.window(of: plan, on: date, in: calendar) == nil {
                throw unknown("\(plan.id) has no window on \(date)", nil, among: [])
            }
        case .extension(_, let number):
            let own = record.extensions.filter { $0.plan == plan.number }
            if !own.contains(where: { $0.number == number }) {
                throw unknown("there is no extension \(id)", id, among: own.map(\.subject.description))
            }
        }
        return (subject, plan)
    }

    private func unknown(_ message: String, _ found: String?, among names: [String]) -> Failure {
        let nearest = found.flatMap { nearestName(to: $0, among: names) }
        return Failure(status: ExitStatus.badData, message: message + didYouMean(nearest))
    }
}

extension MaintenanceRecord {
    /// `plan` with its next windows, or where nothing lies ahead, its last ones.
    func entry(of plan: MaintenancePlan, catalog: Catalog, at now: Instant, limit: Int) -> MaintenanceDocument.Entry {
        let calendar = catalog.agreement.calendar
        // Cancelled windows are told of too, where no other lies ahead.
        let ahead = coming(plan, after: now, limit: limit, in: calendar)
        let day: Milliseconds = 86_400_000
        let shown =
            if ahead.isEmpty,
                let around = Interval(.init(milliseconds: 0), max(now, plan.begin(in: calendar)) + 400 * day)
            {
                Array(windows(of: plan, overlapping: around, in: calendar).suffix(limit))
            } else {
                ahead
            }
        var claims: [MaintenanceClaim] = []
        if let first = shown.first, let last = shown.last,
            let range = Interval(first.interval.start, last.interval.end)
        {
            let one = MaintenanceRecord(
                plans: [plan], cancellations: cancellations, extensions: extensions, deliveries: deliveries)
            claims = one.claims(overlapping: range, catalog: catalog, asOf: now)
        }
        return MaintenanceDocument.Entry(plan, windows: shown, claims: claims, isOver: ahead.isEmpty)
    }
}

extension MaintenanceKind: ExpressibleByArgument {}
extension NoticeChannel: ExpressibleByArgument {}

extension WallTime: ExpressibleByArgument {
    /// The time written `02:00`.
    public init?(argument: String) { self.init(argument) }
}

extension CivilDate: ExpressibleByArgument {
    /// The day written `2026-10-11`.
    public init?(argument: String) { self.init(argument) }
}
