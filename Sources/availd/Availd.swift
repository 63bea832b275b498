import ArgumentParser

/// The availability monitor: one program, one subcommand a file.
@main
struct Availd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "availd",
        abstract: "Measures monthly availability against a service commitment, exactly and with its evidence.")
}
