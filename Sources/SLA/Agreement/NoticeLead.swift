/// How long before maintenance its notice must be given.
public struct NoticeLead: Hashable, Sendable {
    /// For scheduled maintenance, in ms (clause 6.1).
    public var scheduled: Milliseconds
    /// For emergency maintenance, in ms (clause 6.2).
    public var emergency: Milliseconds

    /// The leads, in ms; 24 h and 1 h unless the agreement says otherwise.
    public init(scheduled: Milliseconds = 24 * 3_600_000, emergency: Milliseconds = 3_600_000) {
        self.scheduled = scheduled
        self.emergency = emergency
    }
}
