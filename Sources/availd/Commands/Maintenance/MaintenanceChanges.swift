import ArgumentParser
import Configuration
import Intake
import Ledger
import Monitor
import Platform
import SLA
import UseCases

/// `availd maintenance cancel`
struct MaintenanceCancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancel a plan, or one of its windows, before it begins.",
        discussion: """
            It stays in the record, and claims nothing. What has begun is not taken back: the time that it used \
            stays claimed. The public files say that it is cancelled; customers are told by hand.

            EXAMPLES
              availd maintenance cancel M3 --reason "the disks are not here yet"
              availd maintenance cancel M3.2026-10-11 --reason "a public holiday"
            """)

    @OptionGroup var subject: SubjectArgument

    @Option(help: "Why.")
    var reason: String

    @Option(help: "Who cancels it. (default: the user)")
    var by: String?

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        var check = ArgumentCheck()
        check.oneLine("--reason", reason, expected: "why")
        let by = check.who(by)
        try check.finish()
        let configuration = try config.load(.ignored)
        let calendar = configuration.catalog.agreement.calendar
        let ledger = try configuration.existingLedger()
        defer { try? ledger.close() }
        let now = SystemClock.wall()
        let (about, plan) = try subject.resolve(in: ledger.maintenance(), calendar)
        let date = try date(of: about)
        try ledger.record(
            MaintenanceCancellation(
                plan: plan.number, date: date, at: now, by: by, reason: reason)
        ) { record in
            let standing =
                date.map { record.pendingWindow(of: plan, on: $0, at: now, in: calendar).map { [$0] } ?? [] }
                ?? record.nextWindows(of: plan, after: now, limit: .max, in: calendar)
            guard standing.allSatisfy({ $0.interval.start <= now }) else { return }
            throw Refusal("\(about) has begun, is over or is cancelled already: there is nothing to cancel")
        }
        Console.note("cancelled \(about)")
        try PublicFiles(NoticeDesk(configuration), stateDirectory: configuration.stateDirectory)
            .write(from: ledger, at: now)
    }

    private func date(of about: NoticeSubject) throws -> CivilDate? {
        switch about {
        case .plan: return nil
        case .window(_, let date): return date
        case .extension:
            throw Refusal("an extension is not cancelled: the time after the work is done is not under maintenance")
        }
    }
}

/// `availd maintenance extend`
struct MaintenanceExtend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extend",
        abstract: "Give a window more time, and print the extension's identifier.",
        discussion: """
            The added time is a new announcement: it is admitted where its own notice was given long enough before the \
            old end. What overruns without one is not excluded.

            EXAMPLES
              availd maintenance extend M3 --until 2026-10-11T05:00:00+07:00 \\
                --reason "a disk is slow"
              availd maintenance announce M3.x1
            """)

    @OptionGroup var subject: SubjectArgument

    @Option(help: ArgumentHelp("The new end.", valueName: "instant"))
    var until: InstantArgument

    @Option(help: "Why, as customers and the public read it.")
    var reason: String

    @Option(help: "Who extends it. (default: the user)")
    var by: String?

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        var check = ArgumentCheck()
        check.oneLine("--reason", reason, expected: "why")
        let by = check.who(by)
        try check.finish()
        let configuration = try config.load(.ignored)
        let agreement = configuration.catalog.agreement
        let ledger = try configuration.existingLedger()
        defer { try? ledger.close() }
        let now = SystemClock.wall()
        let record = try ledger.maintenance()
        let (about, plan) = try subject.resolve(in: record, agreement.calendar)
        let window = try window(about, plan, record, agreement.calendar, now: now)
        let added = try ledger.record(
            MaintenanceExtension(
                plan: plan.number, number: 0, date: window.date, until: until.instant, at: now,
                by: by, reason: reason)
        ) { record in
            let known = record.window(of: plan, on: window.date, in: agreement.calendar)?.interval
            if until.instant - window.interval.start > MaintenanceWindow.longest {
                throw Refusal(
                    "--until: \(window.id) would be longer than "
                        + "\(DurationText.spoken(MaintenanceWindow.longest)), which no maintenance is")
            }
            let end = known?.end
            if let end, until.instant > end { return }
            throw Refusal(
                "--until: not after the end of \(window.id), "
                    + RFC3339.text(end ?? window.interval.end, in: agreement.calendar.zone))
        }
        try Console.print(added.subject.description + "\n")
        remark(added, window, plan, agreement, now: now)
    }

    /// The window that is meant: the one named, or of a whole plan the one that is under way or next.
    private func window(
        _ about: NoticeSubject, _ plan: MaintenancePlan, _ record: MaintenanceRecord, _ calendar: CivilCalendar,
        now: Instant
    ) throws -> MaintenanceWindow {
        let found: MaintenanceWindow? =
            switch about {
            case .plan: record.nextWindows(of: plan, after: now, limit: 1, in: calendar).first
            case .window(_, let date): record.window(of: plan, on: date, in: calendar)
            case .extension(_, let number):
                record.extensions.first { $0.plan == plan.number && $0.number == number }
                    .flatMap { record.window(of: plan, on: $0.date, in: calendar) }
            }
        guard let found, found.cancellation == nil, now < found.interval.end else {
            throw Refusal("\(about) is over or cancelled: expected a window that lies ahead or is under way")
        }
        return found
    }

    private func remark(
        _ added: MaintenanceExtension, _ window: MaintenanceWindow, _ plan: MaintenancePlan, _ agreement: Agreement,
        now: Instant
    ) {
        let zone = agreement.calendar.zone
        let lead = plan.kind.lead(under: agreement.notice)
        let due = window.interval.end - lead
        if due < now {
            Console.note(
                "\(added.subject) will not be admitted: the window ends in "
                    + "\(DurationText.spoken(window.interval.end - now)), and clause \(plan.kind.noticeClause) asks for "
                    + "notice \(DurationText.spoken(lead)) before the added time")
        } else {
            Console.note(
                "\(added.subject): announce before \(RFC3339.text(due, in: zone)), with "
                    + "`availd maintenance announce \(added.subject)`")
        }
    }
}
