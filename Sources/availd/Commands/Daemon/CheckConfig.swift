import ArgumentParser
import UseCases

/// `availd check-config`
struct CheckConfig: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Parse and validate the configuration, and print the plan.",
        discussion: """
            Every mistake of every file is reported at once, each with its file, line and field. The plan says how \
            many services and checks there are, how many probes a second that makes, and which address gets most.

            EXAMPLE
              availd check-config --config availd.yaml
            """)

    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.output.print(PlanDocument(reading.config.load(.required).plan))
    }
}
