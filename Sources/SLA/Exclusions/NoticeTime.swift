/// When a notice counts, by the leads that are in force as it is given (semantics §3.2).
extension Agreement {
    /// The last instant at which notice of maintenance of `kind` that begins at `start` is in time.
    func lastNotice(of kind: MaintenanceKind, before start: Instant) -> Instant {
        for (agreement, time) in times.reversed() {
            let last = min(start - kind.lead(under: agreement.notice), time.end - 1)
            if last >= time.start { return last }
        }
        return .distantPast
    }

    /// When a notice of a recurring plan's window that begins at `start` may be given: not long before it.
    func noticeTime(ofRecurring start: Instant) -> IntervalSet {
        IntervalSet(
            times.compactMap { agreement, time in
                Interval(max(time.start, start - agreement.notice.recurringAtMost), time.end)
            })
    }
}
