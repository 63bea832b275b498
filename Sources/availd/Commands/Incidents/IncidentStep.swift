import ArgumentParser
import SLA
import UseCases

/// What every command has that records something of an incident.
struct IncidentStep: ParsableArguments {
    @Argument(help: "The incident's identifier, as I7.")
    var id: String

    @OptionGroup var when: IncidentTimeOption
    @OptionGroup var options: RecordingOptions

    /// Records `change` of the incident.
    func record(_ change: IncidentEvent.Change) throws {
        try options.record(missing: .refused) {
            try $0.recordIncident(id, change, at: when.at?.instant(.at, by: $0.time))
        }
    }
}

/// When something happened to an incident.
struct IncidentTimeOption: ParsableArguments {
    @Option(
        help: ArgumentHelp("When it happened, where that was earlier. (default: now)", valueName: "instant"),
        transform: InstantArgument.init)
    var at: InstantArgument?
}
