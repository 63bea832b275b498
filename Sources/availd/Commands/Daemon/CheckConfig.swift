import ArgumentParser
import Configuration
import UseCases

/// `availd check-config`
struct CheckConfig: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Parse and validate the configuration, and print the plan.",
        discussion: """
            Every mistake of every file is reported at once, each with its file, line and field. The plan says how \
            many services and checks there are, how many probes a second that makes, and which address gets most.

            --diff prints instead what a reload would change: services and checks that are new or dropped, each setting \
            that is another, what is likely to be an old one under a new name, and what that means for figures. It is \
            held against what the ledger has recorded last, or against another configuration. What differs is no \
            error: the exit status is 0.

            EXAMPLES
              availd check-config --config availd.yaml
              availd check-config --config availd.yaml --diff
              availd check-config --config new.yaml --against /etc/availd/availd.yaml
            """)

    @Flag(help: "Print what it changes, held against what the ledger has recorded last.")
    var diff = false

    @Option(help: ArgumentHelp("Print what it changes, held against this configuration.", valueName: "file"))
    var against: String?

    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        let configuration = try reading.config.load(.required)
        if let against {
            let other = try reading.config.load(.ignored, from: against)
            try reading.output.print(configuration.changes(from: other, called: against))
        } else if diff {
            try reading.output.print(configuration.changesSinceRecorded())
        } else {
            try reading.output.print(PlanDocument(configuration.plan))
        }
    }
}
