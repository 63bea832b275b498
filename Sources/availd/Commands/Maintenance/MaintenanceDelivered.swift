import ArgumentParser
import Intake
import Ledger
import Monitor
import Platform
import Reporting
import SLA
import UseCases

/// `availd maintenance delivered`
struct MaintenanceDelivered: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delivered",
        abstract: "Record a notice that was given by hand: on the fan page, by telephone.",
        discussion: """
            What is on the website or the fan page reaches everyone; an e-mail or a call, the customers named. The \
            instant that counts for a customer is that of the last channel it must be told by.

            EXAMPLES
              availd maintenance delivered M3 --channel fan_page \\
                --evidence https://social.example/p/4711
              availd maintenance delivered M3 --channel direct --customer acme \\
                --at 2026-10-09T16:40:00+07:00
            """)

    @OptionGroup var subject: SubjectArgument

    @Option(help: "email, website, fan_page or direct.")
    var channel: NoticeChannel

    @Option(help: "Who was told, of email and direct; may be given again.")
    var customer: [String] = []

    @Option(help: ArgumentHelp("When it was done. (default: now)", valueName: "instant"))
    var at: InstantArgument?

    @Option(help: "What proves it: a link, a name, a recording.")
    var evidence = ""

    @Option(help: "Who did it. (default: the user)")
    var by: String?

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        let configuration = try config.load(.ignored)
        let now = SystemClock.wall()
        let ledger = try configuration.existingLedger()
        defer { try? ledger.close() }
        let (about, plan) = try subject.resolve(
            in: ledger.maintenance(), configuration.catalog.agreement.calendar)
        let by = try check(plan, configuration.catalog, now: now)
        let whom: [String?] = channel.isPublic ? [nil] : customer
        try ledger.record(
            whom.map {
                NoticeDelivery(
                    subject: about, customer: $0, channel: channel, at: at?.instant ?? now, recordedAt: now,
                    by: by, answer: evidence)
            })
        Console.note("recorded \(channel.rawValue) for \(about)")
        remark(on: about, plan, configuration.catalog.agreement.calendar.zone, in: try ledger.maintenance())
    }

    /// Nobody but who says so knows of a notice that is older than what it announces.
    private func remark(
        on about: NoticeSubject, _ plan: MaintenancePlan, _ zone: TimeZoneRules, in record: MaintenanceRecord
    ) {
        let known = record.extensions.first { $0.subject == about }?.at ?? plan.plannedAt
        guard let at, at.instant < known else { return }
        Console.note("that was before \(about) was recorded here, at \(RFC3339.text(known, in: zone)): cite --evidence")
    }

    /// Who did it; every mistake in the arguments is thrown.
    private func check(_ plan: MaintenancePlan, _ catalog: Catalog, now: Instant) throws -> String {
        var check = ArgumentCheck()
        let by = check.who(by)
        check.past("--at", at, now: now)
        let affected = plan.affected(of: catalog).map(\.customer.id)
        if channel.isPublic, !customer.isEmpty {
            check.add("--customer", "\(channel.rawValue) reaches everyone, expected none")
        } else if !channel.isPublic, customer.isEmpty {
            check.add("--customer", "missing, expected who was told: \(affected.joined(separator: ", "))")
        }
        for name in customer where !channel.isPublic && !affected.contains(name) {
            let nearest = didYouMean(nearestName(to: name, among: affected))
            check.add(
                "--customer",
                "found \(Diagnostic.quoted(name)), expected a customer that \(plan.id) affects\(nearest)")
        }
        try check.finish()
        return by
    }
}
