import ArgumentParser
import Ledger
import Reporting
import SLA
import UseCases

/// `availd maintenance show`
struct MaintenanceShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "A plan's next windows, who still has to be told, and every try to tell them.",
        discussion: """
            EXAMPLES
              availd maintenance show M3
              availd maintenance show M3 --format json
            """)

    @OptionGroup var subject: SubjectArgument
    @OptionGroup var config: ConfigurationOptions
    @OptionGroup var asOf: AsOfOptions

    @Option(help: "text for people, json for programs.")
    var format = ProseFormat.text

    func run() async throws {
        let configuration = try config.load(.ignored)
        let catalog = configuration.catalog
        let now = asOf.instant
        let (all, wanted) = try configuration.readableLedger().read {
            (try $0.maintenance(), try $0.notices())
        }
        let record = all.known(asOf: now)
        let (_, plan) = try subject.resolve(in: record, catalog.agreement.calendar)
        let entry = record.entry(of: plan, catalog: catalog, at: now, limit: 5)
        let deliveries = record.deliveries.filter { $0.subject.plan == plan.number }
        let notices = wanted.filter { $0.subject.plan == plan.number && $0.wantedAt <= now }
        switch format {
        case .text:
            try Console.print(
                MaintenanceHistory.text(
                    entry, deliveries: deliveries, notices: notices, under: catalog.agreement, at: now))
        case .json:
            try Console.print(
                MaintenanceHistory.json(
                    entry, deliveries: deliveries, notices: notices, under: catalog.agreement, at: now))
        }
    }
}
