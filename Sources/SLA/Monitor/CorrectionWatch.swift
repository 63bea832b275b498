/// The corrections and the ends of passes as the monitor knows them.
struct CorrectionWatch: Sendable, Equatable {
    /// What is in force now, of a version that changes only with it.
    private(set) var index = CorrectionIndex(at: .distantPast, version: 0)

    private var recorded: [Correction] = []
    private var ends: [PassEnd] = []

    /// Takes over what `news` says, and what time changes.
    ///
    /// - Returns: whether anything is otherwise than before.
    mutating func merge(_ news: MonitorNews, now: Instant) -> Bool {
        if news.corrections == nil, news.passEnds == nil, index.validity.contains(now) { return false }
        recorded = news.corrections ?? recorded
        ends = news.passEnds ?? ends
        index = CorrectionIndex(recorded, ends: ends, at: now, version: index.version + 1)
        return true
    }
}
