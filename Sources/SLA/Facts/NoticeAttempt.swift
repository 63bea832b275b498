/// A try to give a notice, as it begins: whoever records it first has the notice.
public struct NoticeAttempt: Hashable, Sendable {
    /// Its number in the ledger; 0 until it is recorded.
    public var number: Int64
    /// The number of the notice.
    public var notice: Int64
    /// When it begins.
    public var at: Instant
    /// Who tries.
    public var by: String

    /// A try of the notice numbered `notice`.
    public init(number: Int64 = 0, notice: Int64, at: Instant, by: String) {
        self.number = number
        self.notice = notice
        self.at = at
        self.by = by
    }
}
