import ArgumentParser
import Configuration
import UseCases

/// `availd maintenance cancel`
struct MaintenanceCancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancel a plan, or one of its windows, before it begins.",
        discussion: """
            It stays in the record, and claims nothing. What has begun is not taken back: the time that it used \
            stays claimed. The public files say that it is cancelled; customers are told by hand.

            EXAMPLES
              availd maintenance cancel M3 --reason "the disks are not here yet"
              availd maintenance cancel M3.2026-10-11 --reason "a public holiday"
            """)

    @OptionGroup var subject: SubjectArgument

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        let configuration = try options.config.load(.ignored)
        let receipt = try options.recording(missing: .refused, configuration) {
            try $0.cancelMaintenance(subject.id, reason: reason, files: PublicNotices(configuration))
        }
        try receipt.show(as: options.format)
        if let failure = receipt.fileFailure { throw failure }
    }
}

/// `availd maintenance extend`
struct MaintenanceExtend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extend",
        abstract: "Give a window more time, and print the extension's identifier.",
        discussion: """
            The added time is a new announcement: it is admitted where its own notice was given long enough before the \
            old end. What overruns without one is not excluded.

            EXAMPLES
              availd maintenance extend M3 --until 2026-10-11T05:00:00+07:00 \\
                --reason "a disk is slow"
              availd maintenance announce M3.x1
            """)

    @OptionGroup var subject: SubjectArgument

    @Option(help: ArgumentHelp("The new end.", valueName: "instant"), transform: InstantArgument.init)
    var until: InstantArgument

    @Option(help: "Why, as customers and the public read it.")
    var reason: String

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.record(missing: .refused) {
            try $0.extendMaintenance(subject.id, until: until.instant(.until, by: $0.time), reason: reason)
        }
    }
}
