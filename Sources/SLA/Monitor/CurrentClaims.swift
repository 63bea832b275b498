/// What the recorded maintenance claims now. To find that takes long where every customer is in the scope of a plan,
/// so it is found for some time ahead.
struct CurrentClaims: Sendable, Equatable {
    /// For how long the windows are found ahead, in ms.
    private static let lookahead: Milliseconds = 3_600_000

    private var record = MaintenanceRecord()
    /// In which the claims are all there are; nil where they are to be found anew.
    private var validity: Interval?

    /// The claims of the running month and a little around it.
    private(set) var all: [MaintenanceClaim] = []

    /// All that is recorded is `record` from now on.
    mutating func replace(_ record: MaintenanceRecord) {
        self.record = record
        validity = nil
    }

    /// The services or what is promised are others: the claims are to be found anew.
    mutating func invalidate() { validity = nil }

    /// Brings the claims to `now`.
    ///
    /// - Returns: whether they are others than before.
    mutating func refresh(_ catalog: Catalog, now: Instant) -> Bool {
        if let validity, validity.contains(now) { return false }
        let agreement = catalog.agreement
        let month = agreement.calendar.interval(ofMonthContaining: now)
        // To the month's end at the most, when another month's are wanted, and until what is recorded already is known.
        let end = min(now + Self.lookahead, month.end, record.nextKnown(after: now) ?? .distantFuture)
        validity = Interval(min(now, end - Self.lookahead), end)
        let watched = MaintenanceWatch.range(at: now, under: agreement)
        let range = Interval(
            unchecked: min(month.start, watched.start), max(month.end, watched.end + Self.lookahead))
        let found = record.claims(overlapping: range, catalog: catalog, asOf: now)
        guard found != all else { return false }
        all = found
        return true
    }
}
