import ArgumentParser
import Monitor
import Platform
import UseCases

/// The availability monitor: one program, one subcommand a file.
@main
struct Availd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "availd",
        abstract: "Measures monthly availability against a service commitment, exactly and with its evidence.",
        discussion: """
            availd probes services, keeps what it saw, applies the exclusions that the contract names, and says \
            what each month came to: to the millisecond, with bounds, and honest about what was not measured.

            Results go to standard output, everything else to standard error.
            Exit status: 0 done; 1 done, and the answer is bad news; 64 usage; 65 bad input data; 66 input \
            missing; 69 a needed service is unavailable; 73 output cannot be created; 74 input/output error; \
            78 configuration error.
            """,
        version: "availd \(AvaildVersion.text)",
        groupedSubcommands: [
            CommandGroup(name: "The daemon", subcommands: [Run.self, CheckConfig.self, Probe.self]),
            CommandGroup(name: "Figures", subcommands: [Status.self, Report.self, Explain.self, Replay.self]),
            CommandGroup(
                name: "Closed months", subcommands: [Close.self, StatementCommand.self, Verify.self]),
            CommandGroup(
                name: "Facts",
                subcommands: [
                    ExclusionCommand.self, SuspensionCommand.self, MaintenanceCommand.self, IncidentCommand.self,
                    TermsCommand.self, CompensationCommand.self, ImportCommand.self,
                ]),
        ])
}
