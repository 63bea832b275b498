import ArgumentParser
import Configuration
import Foundation
import Intake
import Ledger
import Monitor
import Platform
import SLA
import UseCases

/// `availd maintenance announce`
struct MaintenanceAnnounce: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "announce",
        abstract: "Give the notice: an e-mail to each affected customer, and the public files.",
        discussion: """
            Of a plan (M3: all its windows), of one window (M3.2026-10-11) or of an extension (M3.x1). Each e-mail \
            goes to one customer alone, in the customer's language, and the server's answer is kept. What the server \
            does not take now is tried again after 1 min, 5 min, 15 min and then each hour until the window begins, by \
            the daemon; what it refuses for good is not. Announcing again sends nothing twice.

            What is left to people is said on standard error: they record it with `availd maintenance delivered`. The \
            status is 69 where something could not be sent.

            EXAMPLES
              availd maintenance announce M3 --dry-run
              availd maintenance announce M3
            """)

    @OptionGroup var subject: SubjectArgument

    @Flag(help: "Print the messages, and send and record nothing.")
    var dryRun = false

    @Option(help: "Who announces it. (default: the user)")
    var by: String?

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        var check = ArgumentCheck()
        let who = check.who(by)
        try check.finish()
        let configuration = try config.load(dryRun ? .ignored : .required)
        let desk = NoticeDesk(configuration)
        let now = SystemClock.wall()
        if dryRun {
            let record = try configuration.readableLedger().maintenance()
            let (about, plan) = try checked(record, configuration.catalog, desk, now: now)
            try show(about, plan, record, configuration.catalog, desk, now: now)
            return
        }
        let ledger = try configuration.existingLedger()
        defer { try? ledger.close() }
        let record = try ledger.maintenance()
        let (about, _) = try checked(record, configuration.catalog, desk, now: now)
        let work = desk.work(of: about, in: record)
        try ledger.want(work.notices, at: now, by: who)
        try send(about, ledger, configuration, by: who)
        for left in work.byHand { Console.note(Self.remark(left, about, record)) }
        try judge(about, ledger)
    }

    private func checked(
        _ record: MaintenanceRecord, _ catalog: Catalog, _ desk: NoticeDesk, now: Instant
    ) throws -> (NoticeSubject, MaintenancePlan) {
        let (about, plan) = try subject.resolve(in: record, catalog.agreement.calendar)
        if desk.segments(of: about, in: record, at: now).isEmpty {
            throw Refusal("\(about) is over or cancelled: there is nothing to announce")
        }
        if plan.affected(of: catalog).isEmpty {
            throw Refusal("\(about) affects nobody: its scope holds no service")
        }
        return (about, plan)
    }

    private func show(
        _ about: NoticeSubject, _ plan: MaintenancePlan, _ record: MaintenanceRecord, _ catalog: Catalog,
        _ desk: NoticeDesk, now: Instant
    ) throws {
        for (customer, _) in plan.affected(of: catalog) {
            guard let text = desk.text(of: about, to: customer, in: record, at: now) else { continue }
            try Console.print(
                "To: \(customer.email ?? "-") (\(customer.id))\nSubject: \(text.subject)\n\n\(text.body)\n")
        }
        for left in desk.work(of: about, in: record).byHand { Console.note(Self.remark(left, about, record)) }
    }

    private static func remark(
        _ left: (channel: NoticeChannel, customer: String?, why: String), _ about: NoticeSubject,
        _ record: MaintenanceRecord
    ) -> String {
        let whom = left.customer.map { " to \($0)" } ?? ""
        let option = left.customer.map { " --customer \($0)" } ?? ""
        return "by hand: \(left.channel.rawValue)\(whom), \(left.why); then `availd maintenance delivered \(about) "
            + "--channel \(left.channel.rawValue)\(option)`"
    }

    /// Tries what is due now, and waits for what the daemon has taken first.
    private func send(_ about: NoticeSubject, _ ledger: Ledger, _ configuration: Configuration, by who: String) throws {
        let sender = NoticeSender(ledger, configuration, by: who)
        try sender.sendDue(about: about, clock: SystemClock.wall) { tried in
            let whom = tried.notice.customer ?? "everyone"
            Console.note(
                "\(tried.notice.channel.rawValue) to \(whom): \(tried.result.outcome.rawValue): \(tried.result.answer)")
        }
        let patience = (configuration.notices.mail?.timeout ?? 0) + 10_000
        let end = SystemClock.monotonic() + patience
        while SystemClock.monotonic() < end,
            try ledger.notices().contains(where: {
                $0.subject == about && $0.attempts.last.map { $0.result == nil } ?? false
            })
        {
            Thread.sleep(forTimeInterval: 0.2)
        }
    }

    /// Says what is not done.
    private func judge(_ about: NoticeSubject, _ ledger: Ledger) throws {
        let latest = Dictionary(
            try ledger.notices().filter { $0.subject == about }.map { ([$0.channel.rawValue, $0.customer ?? ""], $0) },
            uniquingKeysWith: { _, last in last })
        let deliveries = try ledger.maintenance().deliveries.filter { $0.subject == about }
        let failed = latest.values.filter { notice in
            !deliveries.contains { $0.channel == notice.channel && $0.customer == notice.customer }
        }
        if failed.isEmpty {
            try Console.print("announced \(about)\n")
            return
        }
        let lines = failed.sorted { $0.number < $1.number }.map { notice in
            let whom = notice.customer.map { " to \($0)" } ?? ""
            let answer = notice.lastResult?.answer ?? "not tried yet"
            let next =
                notice.lastResult?.outcome == .refused
                ? "not tried again: mend it and announce again, or do it by hand" : "the daemon tries again"
            return "\(notice.channel.rawValue)\(whom) is not sent: \(answer) (\(next))"
        }
        throw Refusal(lines.joined(separator: "\n"), as: .unavailable)
    }
}
