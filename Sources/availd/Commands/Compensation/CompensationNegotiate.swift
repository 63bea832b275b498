import ArgumentParser
import Configuration
import Intake
import Ledger
import Monitor
import Platform
import SLA
import UseCases

/// `availd compensation negotiate`
struct CompensationNegotiate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "negotiate",
        abstract: "Record an amount that was agreed with the customer over the computed one.",
        discussion: """
            A later negotiation of the same month supersedes an earlier one; all stay in the record. The amount is in \
            the agreement's currency, and at most the cap. It may be agreed for a month that kept the commitment: that \
            is remarked, and counts.

            EXAMPLE
              availd compensation negotiate acme-web --month 2026-10 --amount 150000 \\
                --reason "letter of 5 November"
            """)

    @Argument(help: "The service.")
    var service: String

    @Option(help: "The month, as 2026-10.")
    var month: CivilMonth

    // A value below zero is no option: it is refused with the reason.
    @Option(
        parsing: .unconditional,
        help: "The amount, as 150000 or \"150 000\"; a point only in a currency that has decimals.")
    var amount: String

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var recordedBy: RecordedByOption

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        let configuration = try config.load(.ignored)
        let now = SystemClock.wall()
        var check = ArgumentCheck()
        let figures = try configuration.readableLedger(about: [service])
            .figures(of: service, in: month, configured: configuration.catalog, now: now)
        let agreement = configuration.catalog.agreement
        let compensation = agreement.compensation
        let amount = check.amount("--amount", amount, in: compensation.currency)
        if let amount, let figures,
            let refusal = compensation.refusal(of: amount, price: figures.service.price)
        {
            check.add("--amount", "found \(Diagnostic.quoted(self.amount)), \(refusal)")
        }
        if agreement.calendar.interval(of: month).start > now {
            check.add("--month", "\(month) lies in the future")
        } else if figures == nil || figures?.verdict == .notCommitted {
            check.add("--month", "\(service) was not paid for in \(month), so nothing can be due")
        }
        check.notBlank("--reason", reason, expected: "why")
        let by = check.who(recordedBy.name)
        try check.finish()
        guard let amount else { preconditionFailure("a missing amount is a mistake") }
        let ledger = try Ledger(directory: configuration.stateDirectory, access: .recorder)
        defer { try? ledger.close() }
        try ledger.record(
            Negotiation(
                month: month, service: service, amount: amount, reason: reason, recordedAt: now, recordedBy: by))
        if let figures { Console.note(remark(amount, on: figures, compensation)) }
    }

    private func remark(_ amount: ExactDecimal, on figures: MonthFigures, _ compensation: Compensation) -> String {
        let money = AmountText.shown(amount.description, in: compensation.currency)
        let recorded = "recorded \(money) for \(service) in \(month)"
        if let computed = figures.credit?.computed {
            return recorded + ", over the computed \(AmountText.shown(computed.text))"
        }
        return figures.verdict == .breached
            ? recorded : recorded + ", where nothing would be due (\(figures.verdict.rawValue))"
    }
}

extension Ledger {
    /// The figures of `service` for `month` as it is now; nil where it is no longer configured, and was not paid
    /// for in the month.
    fileprivate func figures(
        of service: String, in month: CivilMonth, configured: Catalog, now: Instant
    ) throws -> MonthFigures? {
        try read { snapshot in
            _ = try snapshot.catalogHistory().everKnown(configured).requiredService(service)
            let inputs = try snapshot.inputs(of: month, asOf: now, configured: configured, now: now)
            return try inputs.catalog.service(service).map { service in
                inputs.figures(of: service, timeline: try snapshot.timeline(of: service, for: inputs))
            }
        }
    }
}
