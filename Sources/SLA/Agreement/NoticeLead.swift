/// How long before maintenance its notice must be given.
public struct NoticeLead: Hashable, Sendable {
    /// For scheduled maintenance, in ms (clause 6.1).
    public var scheduled: Milliseconds
    /// For emergency maintenance, in ms (clause 6.2).
    public var emergency: Milliseconds

    /// How long before a window of a recurring plan its notice may be given at the most, in ms (clause 6.1).
    public var recurringAtMost: Milliseconds

    /// The leads, in ms; 24 h, 1 h and 48 h unless the agreement says otherwise.
    public init(
        scheduled: Milliseconds = 24 * 3_600_000, emergency: Milliseconds = 3_600_000,
        recurringAtMost: Milliseconds = 48 * 3_600_000
    ) {
        self.scheduled = scheduled
        self.emergency = emergency
        self.recurringAtMost = recurringAtMost
    }
}
