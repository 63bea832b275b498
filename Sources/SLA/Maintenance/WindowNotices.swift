/// Of a recurring plan each window needs a notice of its own, not long before it begins (semantics §4); the daemon gives
/// it.
extension MaintenanceRecord {
    /// The windows of recurring plans that are to be announced at `now`: from when on that may be until they begin, late
    /// notice being better than none; and when the next one is to be, nil where none is known.
    public func windowsToAnnounce(
        at now: Instant, in calendar: CivilCalendar, under notice: NoticeLead
    ) -> (due: [MaintenanceWindow], next: Instant?) {
        var due: [MaintenanceWindow] = []
        var next: Instant?
        for plan in plans where plan.isRecurring {
            for window in nextWindows(of: plan, after: now, limit: .max, in: calendar) {
                let begin = window.segments[0].interval.start
                let first = begin - notice.recurringAtMost
                if first > now {
                    next = min(next ?? first, first)
                    break
                }
                if now < begin { due.append(window) }
            }
        }
        return (due, next)
    }

    /// The earliest instant at which a notice of `subject` counts: of a recurring plan's window, not long before it; of
    /// anything else, any.
    public func noticeCounts(
        from subject: NoticeSubject, in calendar: CivilCalendar, under notice: NoticeLead
    ) -> Instant {
        guard case .window(let number, let date) = subject, let plan = plan(number), plan.isRecurring,
            let window = window(of: plan, on: date, in: calendar)
        else { return .distantPast }
        return window.segments[0].interval.start - notice.recurringAtMost
    }
}
