/// A part of a window that is announced, with its window.
public typealias AnnouncedSegment = (window: MaintenanceWindow, segment: MaintenanceWindow.Segment)

extension MaintenanceRecord {
    /// What a notice of `subject` announces at `now`: what has not ended and is not cancelled.
    public func announced(
        _ subject: NoticeSubject, at now: Instant, in calendar: CivilCalendar
    ) -> [AnnouncedSegment] {
        guard let plan = plan(subject.plan) else { return [] }
        switch subject {
        case .plan:
            return nextWindows(of: plan, after: now, limit: .max, in: calendar).map { ($0, $0.segments[0]) }
        case .window(_, let date):
            return pendingWindow(of: plan, on: date, at: now, in: calendar).map { [($0, $0.segments[0])] } ?? []
        case .extension(_, let number):
            let added = extensions.first { $0.plan == plan.number && $0.number == number }
            guard let added, let window = pendingWindow(of: plan, on: added.date, at: now, in: calendar) else {
                return []
            }
            return window.segments.filter { $0.added?.number == number }.map { (window, $0) }
        }
    }

    /// The instant from which on a notice of `subject` is not tried again: what it announces has begun.
    public func deadline(of subject: NoticeSubject, at now: Instant, in calendar: CivilCalendar) -> Instant {
        announced(subject, at: now, in: calendar).last?.segment.interval.start ?? .distantPast
    }
}
