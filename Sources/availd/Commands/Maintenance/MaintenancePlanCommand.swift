import ArgumentParser
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

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        let windows = WindowRequest(
            from: from, to: to, every: every, first: first, last: last, count: count, except: except)
        let request = MaintenancePlanRequest(kind: kind, scope: scope, windows: windows, reason: reason)
        try options.record(missing: .made) { try $0.planMaintenance(request) }
    }
}
