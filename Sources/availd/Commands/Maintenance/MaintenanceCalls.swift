import ArgumentParser
import Ledger
import Platform
import Reporting
import SLA
import UseCases

/// `availd maintenance calls`
struct MaintenanceCalls: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calls",
        abstract: "The VIP customers to be contacted in person, and what to say (clause 6.1).",
        discussion: """
            EXAMPLES
              availd maintenance calls M3
              availd maintenance calls M3 --format csv > calls.csv
            """)

    @OptionGroup var subject: SubjectArgument
    @OptionGroup var config: ConfigurationOptions

    @Option(help: "text for people, csv for a telephone sheet, json for programs.")
    var format = TableFormat.text

    func run() async throws {
        let configuration = try config.load(.ignored)
        let catalog = configuration.catalog
        let now = SystemClock.wall()
        let record = try configuration.readableLedger().maintenance()
        let (about, plan) = try subject.resolve(in: record, catalog.agreement.calendar)
        let composer = NoticeComposer(configuration)
        let calls = plan.affected(of: catalog).compactMap { customer, services -> CallList.Call? in
            guard catalog.agreement.channels.required(for: customer).contains(.direct),
                let text = composer.text(of: about, to: customer, in: record, at: now)
            else { return nil }
            let done = record.deliveries.filter {
                $0.subject == about && $0.channel == .direct && $0.customer == customer.id
            }
            return CallList.Call(
                customer: customer, services: services, say: text.spoken, doneAt: done.map(\.at).min())
        }
        let zone = catalog.agreement.calendar.zone
        switch format {
        case .text: try Console.print(CallList.text(calls, in: zone))
        case .csv: try Console.print(CallList.csv(calls, in: zone))
        case .json: try Console.print(CallList.json(calls, in: zone))
        }
    }
}
