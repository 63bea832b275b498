import ArgumentParser
import Intake
import Ledger
import Monitor
import Platform
import SLA
import UseCases

/// `availd maintenance plan`
struct MaintenancePlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Plan a window of maintenance, once or recurring, and print the plan's identifier.",
        discussion: """
            Once, between two instants; or with --every, by the clock on the wall in the agreement's zone: on days of \
            the week (sunday, "monday thursday") or on one of the month ("last sunday", "second tuesday"). A window \
            that ends at an earlier time than it begins ends on the next day.

            A window whose notice can no longer be in time is planned all the same, and said on standard error with \
            the rule that it breaks: it is not admitted, and named in the reports.

            EXAMPLES
              availd maintenance plan --kind scheduled --scope group:rack-3 \\
                --from 2026-10-11T02:00:00+07:00 --to 2026-10-11T04:00:00+07:00 \\
                --reason "new disks"
              availd maintenance plan --kind scheduled --scope all \\
                --every "last sunday" --from 02:00 --to 04:00 --first 2026-10-01 \\
                --except 2026-12-27 --reason "system updates"
              availd maintenance plan --kind emergency --scope service:acme-web \\
                --from 2026-10-05T14:00:00+07:00 --to 2026-10-05T15:00:00+07:00 \\
                --reason "failing disk"
            """)

    @Option(help: "scheduled (announced 24 h ahead) or emergency (1 h ahead).")
    var kind: MaintenanceKind

    @Option(help: "all, service:ID, customer:ID or group:NAME; several in one argument or one each.")
    var scope: [String]

    @Option(help: ArgumentHelp("The first instant; with --every a time, as 02:00.", valueName: "instant"))
    var from: String

    @Option(help: ArgumentHelp("The first instant after it; with --every a time, as 04:00.", valueName: "instant"))
    var to: String

    @Option(help: ArgumentHelp("The days on which it recurs.", valueName: "days"))
    var every: String?

    @Option(help: ArgumentHelp("The first day on which it may begin. (default: today)", valueName: "date"))
    var first: CivilDate?

    @Option(help: ArgumentHelp("The last day on which it may begin. (default: none)", valueName: "date"))
    var last: CivilDate?

    @Option(help: "How many windows there are, exceptions counted; instead of --last.")
    var count: Int?

    @Option(help: ArgumentHelp("A day that is left out; may be given again.", valueName: "date"))
    var except: [CivilDate] = []

    @Option(help: "Why, as customers and the public read it.")
    var reason: String

    @Option(name: [.customLong("by"), .customLong("planned-by")], help: "Who plans it. (default: the user)")
    var plannedBy: String?

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        let configuration = try config.load(.ignored)
        let catalog = configuration.catalog
        let now = SystemClock.wall()
        let draft = try draft(catalog, now: now)
        let ledger = try Ledger(directory: configuration.stateDirectory, access: .recorder)
        defer { try? ledger.close() }
        let plan = try ledger.record(draft)
        try Console.print(plan.id + "\n")
        remark(on: plan, catalog, now: now)
    }

    private func draft(_ catalog: Catalog, now: Instant) throws -> MaintenancePlan {
        var check = ArgumentCheck()
        let terms = check.scope(scope, catalog: catalog)
        check.oneLine("--reason", reason, expected: "why")
        let by = check.who(plannedBy)
        let calendar = catalog.agreement.calendar
        let recurrence = every == nil ? once(&check, now: now) : series(&check, calendar, now: now)
        try check.finish()
        guard let recurrence else { preconditionFailure("a missing recurrence is a mistake") }
        let plan = MaintenancePlan(
            number: 0, kind: kind, scope: terms, recurrence: recurrence, reason: reason, plannedAt: now,
            plannedBy: by)
        if MaintenanceRecord(plans: [plan]).nextWindows(of: plan, after: now, limit: 1, in: calendar).isEmpty {
            check.add("--every", "no window comes of it, expected one that lies ahead")
        }
        try check.finish()
        return plan
    }

    private func once(_ check: inout ArgumentCheck, now: Instant) -> Recurrence? {
        for (option, isGiven) in [
            ("--first", first != nil), ("--last", last != nil), ("--count", count != nil),
            ("--except", !except.isEmpty),
        ] where isGiven { check.add(option, "is of windows that recur, expected --every with it") }
        guard let from = instant("--from", from, &check), let to = instant("--to", to, &check) else { return nil }
        guard let interval = check.interval(from: from, to: to) else { return nil }
        if interval.end <= now {
            check.add("--to", "the window is over, expected one that is not: maintenance is planned before it is done")
        }
        if interval.length > MaintenanceWindow.longest {
            check.add(
                "--to",
                "the window is longer than \(DurationText.spoken(MaintenanceWindow.longest)), which no maintenance is")
        }
        return .once(interval)
    }

    private func instant(_ option: String, _ text: String, _ check: inout ArgumentCheck) -> InstantArgument? {
        let instant = InstantArgument(argument: text)
        if instant == nil { check.add(option, "found \(Diagnostic.quoted(text)), expected \(InstantText.expected)") }
        return instant
    }

    private func time(_ option: String, _ text: String, _ check: inout ArgumentCheck) -> WallTime? {
        let time = WallTime(text)
        if time == nil {
            check.add(option, "found \(Diagnostic.quoted(text)), expected a time of the day with --every, as 02:00")
        }
        return time
    }

    private func series(_ check: inout ArgumentCheck, _ calendar: CivilCalendar, now: Instant) -> Recurrence? {
        let today = calendar.date(at: now)
        let days = every.flatMap { RecurringDays($0) }
        if days == nil {
            check.add(
                "--every",
                "found \(Diagnostic.quoted(every ?? "")), expected days of the week, as \"monday thursday\", or one of "
                    + "the month, as \"second tuesday\" or \"last sunday\"")
        }
        let times = (time("--from", from, &check), time("--to", to, &check))
        if let start = times.0, start == times.1 { check.add("--to", "the window ends when it begins") }
        if let first, first < today { check.add("--first", "\(first) lies in the past, expected \(today) or later") }
        if let last, last < first ?? today { check.add("--last", "\(last) is before the first day") }
        if last != nil, count != nil { check.add("--count", "expected --count or --last, not both") }
        if let count, !(1...1000).contains(count) { check.add("--count", "found \(count), expected 1 to 1000") }
        guard let days, let start = times.0, let end = times.1 else { return nil }
        var series = WindowSeries(
            days: days, start: start, end: end, first: first ?? today, last: last, exceptions: Set(except))
        for date in except where !days.contains(date) || date < series.first {
            check.add("--except", "no window begins on \(date)")
        }
        if let count, (1...1000).contains(count) {
            series.last = series.day(count)
            if series.last == nil { check.add("--count", "there are no \(count) such days within 50 years") }
        }
        return .series(series)
    }

    /// Each of the next windows, and of one that is too late which rule it breaks.
    private func remark(on plan: MaintenancePlan, _ catalog: Catalog, now: Instant) {
        let agreement = catalog.agreement
        let zone = agreement.calendar.zone
        let lead = plan.kind.lead(under: agreement.notice)
        let record = MaintenanceRecord(plans: [plan])
        let windows = record.nextWindows(of: plan, after: now, limit: 5, in: agreement.calendar)
        if plan.affected(of: catalog).isEmpty { Console.note("\(plan.id) affects nobody: its scope holds no service") }
        for window in windows {
            let from = RFC3339.text(window.interval.start, in: zone)
            let due = window.noticeDue(of: window.segments[0], under: agreement.notice)
            let head = "\(window.id) from \(from) to \(RFC3339.text(window.interval.end, in: zone))"
            guard due < now else {
                Console.note("\(head): announce before \(RFC3339.text(due, in: zone))")
                continue
            }
            let left = window.interval.start - now
            let place = left > 0 ? "begins in \(DurationText.spoken(left))" : "has begun"
            Console.note(
                "\(head): will not be admitted: it \(place), and clause \(plan.kind.noticeClause) asks for notice "
                    + "\(DurationText.spoken(lead)) before (\(DurationText.spoken(now - due)) are missing); announced now, "
                    + "it could begin at \(RFC3339.text(now + lead, in: zone))")
        }
    }
}
