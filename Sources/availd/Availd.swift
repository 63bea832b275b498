import ArgumentParser
import Glibc
import Intake
import Platform
import SLA

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
            CommandGroup(
                name: "Figures", subcommands: [Status.self, Report.self, Explain.self, Export.self, Replay.self]),
            CommandGroup(
                name: "Closed months", subcommands: [Close.self, StatementCommand.self, Verify.self]),
            CommandGroup(
                name: "Facts",
                subcommands: [
                    ExclusionCommand.self, CorrectionCommand<VoidNoun>.self, CorrectionCommand<DowntimeNoun>.self,
                    SuspensionCommand.self, MaintenanceCommand.self, IncidentCommand.self,
                    TermsCommand.self, RulesCommand.self, CompensationCommand.self, ClaimCommand.self,
                    ImportCommand.self,
                ]),
        ])

    /// Runs what the command line asks for; what goes wrong is said on standard error, once, and becomes the promised
    /// exit status.
    static func main() async {
        var command: any ParsableCommand
        do {
            command = try parseAsRoot()
        } catch {
            exit(withError: quotedOnOneLine(error))
        }
        do {
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as any ClassifiedError {
            end(error.exitClass, saying: error.lines)
        } catch let error where error is ExitCode || exitCode(for: error) != .failure {
            // Its own: help, a version, usage, and a status that a command chose.
            exit(withError: error)
        } catch {
            end(.inputOutput, saying: ["\(error)"])
        }
    }

    /// `error`, which the arguments are refused for, with what it quotes of them on one line: the parser's message has
    /// lines of its own, so the arguments are made harmless before it is written.
    private static func quotedOnOneLine(_ error: any Error) -> any Error {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let harmless = arguments.map(\.onOneLine)
        guard harmless != arguments else { return error }
        do {
            _ = try parseAsRoot(harmless)
            return error
        } catch {
            return error
        }
    }

    private static func end(_ exitClass: ExitClass, saying lines: [String]) -> Never {
        Console.error(lines)
        Glibc.exit(exitClass.rawValue)
    }
}
