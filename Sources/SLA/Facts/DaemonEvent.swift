/// Something in the life of the daemon: why there may be no samples, or odd ones.
public struct DaemonEvent: Hashable, Sendable {
    /// What happened.
    public var kind: Kind
    /// When.
    public var at: Instant
    /// The daemon's process identifier.
    public var pid: Int32
    /// The daemon's version.
    public var version: String
    /// What else there is to say; empty where there is nothing.
    public var text: String

    /// What can happen.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case start
        case stop
        case reload
        /// The wall clock moved without the monotonic one.
        case clockStep = "clock_step"
        /// The wall clock was doubted from then on, and facts are recorded by where it should have been; the text says
        /// what it showed.
        case clockDoubted = "clock_doubted"
        /// It was believed again.
        case clockBelieved = "clock_believed"
        /// Samples that waited in a file were recorded; the text is what tells them from others.
        case spillRead = "spill_read"
        /// Samples that waited in a file cannot be read any more; the text says where in it.
        case spillDamaged = "spill_damaged"
        /// The ledger had lost commits; the text says which.
        case ledgerBehind = "ledger_behind"
    }

    /// An event.
    public init(kind: Kind, at: Instant, pid: Int32, version: String, text: String = "") {
        self.kind = kind
        self.at = at
        self.pid = pid
        self.version = version
        self.text = text
    }
}
