import ArgumentParser
import Intake
import Ledger
import Platform
import SLA

/// What every command has that records something of an incident.
struct IncidentStep: ParsableArguments {
    @Argument(help: "The incident's identifier, as I7.")
    var id: String

    @OptionGroup var record: IncidentRecord

    /// Records `change` of the incident, and says so.
    ///
    /// - Parameter option: the option that holds the words of `change`, for the message that they are missing.
    func run(_ change: IncidentEvent.Change, option: String = "", _ done: String) async throws {
        let configuration = try record.config.load(.ignored)
        let zone = configuration.catalog.agreement.calendar.zone
        let now = SystemClock.wall()
        var check = ArgumentCheck()
        let event = record.event(change, option: option, now: now, &check)
        try check.finish()
        let ledger = try configuration.existingLedger()
        defer { try? ledger.close() }
        let incident = try saying(in: zone) { try ledger.record(event, ofIncident: id) }
        Console.note("\(incident.id) \(done)")
    }
}

/// Who records something, and when it happened.
struct IncidentRecord: ParsableArguments {
    @Option(help: ArgumentHelp("When it happened, where that was earlier. (default: now)", valueName: "instant"))
    var at: InstantArgument?

    @Option(help: "Who records it. (default: the user)")
    var by: String?

    @OptionGroup var config: ConfigurationOptions

    /// The event to record; what cannot be in it is noted in `check`.
    func event(
        _ change: IncidentEvent.Change, option: String, now: Instant, _ check: inout ArgumentCheck
    ) -> IncidentEvent {
        check.past("--at", at, now: now)
        let by = check.who(by)
        if let (found, expected) = change.requiredText { check.notBlank(option, found, expected: expected) }
        return IncidentEvent(at: at?.instant ?? now, recordedAt: now, by: by, change)
    }
}

/// Runs `body`; an instant in what it throws about an incident is said in `zone`.
func saying<T>(in zone: TimeZoneRules, _ body: () throws -> T) throws -> T {
    do {
        return try body()
    } catch let error as IncidentError {
        throw Refusal(error.text(in: zone))
    }
}
