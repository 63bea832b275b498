/// Of a recurring plan each window needs a notice of its own, not long before it begins (semantics §4); the daemon gives
/// it.
extension MaintenanceRecord {
    /// The windows of recurring plans that are to be announced at `now`: from when on that may be until they begin, late
    /// notice being better than none; and when the next one is to be, nil where none is known.
    public func windowsToAnnounce(
        at now: Instant, under agreement: Agreement
    ) -> (due: [MaintenanceWindow], next: Instant?) {
        var due: [MaintenanceWindow] = []
        var next: Instant?
        for plan in plans where plan.isRecurring {
            for window in nextWindows(of: plan, after: now, limit: .max, in: agreement.calendar) {
                let begin = window.segments[0].interval.start
                let first = begin - agreement.notice.recurringAtMost
                if first > now {
                    next = min(next ?? first, first)
                    break
                }
                if now < begin { due.append(window) }
            }
        }
        return (due, next)
    }

    /// The time in which a notice of `subject` counts: of a recurring plan's window, not long before it; of anything
    /// else, any.
    public func noticeTime(of subject: NoticeSubject, under agreement: Agreement) -> IntervalSet {
        guard case .window(let number, let date) = subject, let plan = plan(number), plan.isRecurring,
            let window = window(of: plan, on: date, in: agreement.calendar)
        else { return IntervalSet(.always) }
        return agreement.noticeTime(ofRecurring: window.segments[0].interval.start)
    }
}
