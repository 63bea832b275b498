/// Something in the history of an incident, with the incident it belongs to.
public struct RecordedIncidentEvent: Hashable, Sendable {
    /// The incident's number, from 1.
    public let incident: Int64
    /// What happened.
    public let event: IncidentEvent

    /// `event` is the next of the incident numbered `incident`.
    public init(incident: Int64, event: IncidentEvent) {
        self.incident = incident
        self.event = event
    }
}
