import SLA

/// An alert in the outbox.
public struct OutboxEntry: Hashable, Sendable {
    /// Its number; later alerts have greater ones.
    public let id: Int64
    /// What is to be said.
    public let alert: Alert

    /// The alert `alert` with the number `id`.
    public init(id: Int64, alert: Alert) {
        self.id = id
        self.alert = alert
    }
}
