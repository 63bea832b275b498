import ArgumentParser
import Platform
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

    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show { ledger, configuration in
            try ledger.callList(about: subject.id, at: SystemClock.wall(), configuration: configuration)
        }
    }
}
