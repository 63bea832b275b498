import ArgumentParser
import Configuration
import Intake
import Ledger
import Reporting
import SLA
import UseCases

/// `availd maintenance`
struct MaintenanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "maintenance",
        abstract: "Plan maintenance, announce it, and see who still has to be told.",
        discussion: """
            A planned window becomes an exclusion for each affected customer (clauses 3.1, 6.1, 6.2): admitted where \
            the last of the channels that the customer must be told by was done long enough before it begins, 24 h for \
            scheduled maintenance and 1 h for an emergency, unless the agreement says otherwise. Nothing is edited: \
            a window is cancelled, or extended by a new announcement. These commands work while the daemon runs.

            A plan is called M3, one of its windows M3.2026-10-11, and an extension M3.x1.
            """,
        subcommands: [
            MaintenancePlanCommand.self, MaintenanceList.self, MaintenanceShow.self, MaintenanceAnnounce.self,
            MaintenanceDelivered.self, MaintenanceCalls.self, MaintenanceCancel.self, MaintenanceExtend.self,
        ])
}

/// What a maintenance command is about, as it was written.
struct SubjectArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("M3, M3.2026-10-11 or M3.x1.", valueName: "id"))
    var id: String
}

extension MaintenanceKind: ExpressibleByArgument {}
extension NoticeChannel: ExpressibleByArgument {}

extension WallTime: ExpressibleByArgument {
    /// The time written `02:00`.
    public init?(argument: String) { self.init(argument) }
}

extension CivilDate: ExpressibleByArgument {
    /// The day written `2026-10-11`.
    public init?(argument: String) { self.init(argument) }
}
