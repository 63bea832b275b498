import SLA
import Testing

/// What is announced once stays announced over a restart: of each event, what the daemon that starts is told is said.
@Suite struct AlertEventTests {
    /// Which of an event's alerts the daemon that starts must be told.
    private enum Memory {
        /// The latest of each subject.
        case latest
        /// All of the running month.
        case month
        /// None: nothing depends on it.
        case none

        // Without a default: the compiler asks for an event that is added.
        init(of event: AlertEvent) {
            self =
                switch event {
                case .serviceDown, .serviceUp, .serviceWithdrawn, .flapping: .latest
                case .availabilityBelow, .availabilityRestored: .latest
                case .handlingDue, .handlingOverdue, .sharedFailure, .checkDown, .checkUp: .latest
                case .measurementLost, .measurementRestored: .latest
                case .maintenanceBegins, .maintenanceEnds, .exclusionNotAdmitted: .latest
                case .budgetConsumed, .budgetBurning, .commitmentLost: .month
                // Nobody announces it yet; whoever does says here how it is announced once.
                case .certificateExpiring: .none
                }
        }
    }

    @Test(arguments: AlertEvent.allCases)
    func whatIsAnnouncedOnceIsKnownAfterARestart(_ event: AlertEvent) {
        let memory = Memory(of: event)
        let groups = MonitorHistory.latches.count { $0.contains(event) }
        #expect(groups == (memory == .latest ? 1 : 0))
        #expect(MonitorHistory.ofTheMonth.contains(event) == (memory == .month))
    }
}
