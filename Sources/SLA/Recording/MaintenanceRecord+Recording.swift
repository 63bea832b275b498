extension MaintenanceRecord {
    /// What is recorded where `cancellation` is made: what has begun cannot be taken back.
    /// - Throws: ``MaintenanceError/nothingToCancel(_:)``.
    public func facts(
        of cancellation: MaintenanceCancellation, in calendar: CivilCalendar
    ) throws(MaintenanceError) -> [Fact] {
        let now = cancellation.at
        let standing: [MaintenanceWindow] =
            plan(cancellation.plan).map { plan in
                guard let date = cancellation.date else {
                    return nextWindows(of: plan, after: now, limit: .max, in: calendar)
                }
                return self.pendingWindow(of: plan, on: date, at: now, in: calendar).map { [$0] } ?? []
            } ?? []
        guard standing.contains(where: { $0.interval.start > now }) else {
            throw .nothingToCancel(cancellation.date.map { .window(cancellation.plan, $0) } ?? .plan(cancellation.plan))
        }
        return [.maintenanceCancellation(cancellation)]
    }

    /// The window that more time for `subject` is about: the one named, or of a whole plan the one that is under way or
    /// next.
    /// - Throws: ``MaintenanceError/noWindow(_:)``.
    public func extensible(
        _ subject: NoticeSubject, of plan: MaintenancePlan, at now: Instant, in calendar: CivilCalendar
    ) throws(MaintenanceError) -> MaintenanceWindow {
        let found: MaintenanceWindow? =
            switch subject {
            case .plan: nextWindows(of: plan, after: now, limit: 1, in: calendar).first
            case .window(_, let date): window(of: plan, on: date, in: calendar)
            case .extension(_, let number):
                extensions.first { $0.plan == plan.number && $0.number == number }
                    .flatMap { window(of: plan, on: $0.date, in: calendar) }
            }
        guard let found, found.cancellation == nil, now < found.interval.end else { throw .noWindow(subject) }
        return found
    }

    /// What is recorded where `added` gives a window more time.
    /// - Throws: ``MaintenanceError``.
    public func facts(
        of added: MaintenanceExtension, in calendar: CivilCalendar
    ) throws(MaintenanceError) -> [Fact] {
        let subject = NoticeSubject.window(added.plan, added.date)
        guard let window = plan(added.plan).flatMap({ window(of: $0, on: added.date, in: calendar) }) else {
            throw .noWindow(subject)
        }
        if added.until - window.interval.start > MaintenanceWindow.longest { throw .tooLong(subject) }
        guard added.until > window.interval.end else { throw .notLater(subject, end: window.interval.end) }
        return [.maintenanceExtension(added)]
    }

    /// Those of `wanted`, which announce `window`, that a notice of the whole plan has not given in time.
    public func stillWanted(
        _ wanted: [NoticeKey], of window: MaintenanceWindow, under agreement: Agreement
    ) -> [NoticeKey] {
        let time = agreement.noticeTime(ofRecurring: window.segments[0].interval.start)
        let given = Set(
            deliveries.filter { $0.subject == .plan(window.plan.number) && $0.isProven && time.contains($0.at) }.map {
                NoticeKey(subject: .window(window.plan.number, window.date), customer: $0.customer, channel: $0.channel)
            })
        return wanted.filter { !given.contains($0) }
    }

    /// What is recorded where `wanted` are to be given by this program. One that is wanted already, or was given by
    /// hand, is not wanted again; one that was refused is.
    ///
    /// - Parameters:
    ///   - notices: those that were wanted so far, in order.
    ///   - time: what was given outside it does not count.
    public func facts(
        wanting wanted: [NoticeKey], since notices: [Notice], in time: IntervalSet = IntervalSet(.always), at: Instant,
        by: String
    ) -> [Fact] {
        var open: Set<NoticeKey> = []
        for notice in notices {
            let result = notice.lastResult
            let isOver =
                result?.outcome == .refused || (result?.outcome == .delivered && !time.contains(result?.at ?? at))
            if isOver { open.remove(notice.key) } else { open.insert(notice.key) }
        }
        // What people have done needs no doing.
        open.formUnion(deliveries.filter { time.contains($0.at) }.map(\.key))
        return wanted.filter { open.insert($0).inserted }.map { key in
            .notice(
                Notice(
                    number: 0, subject: key.subject, customer: key.customer, channel: key.channel, wantedAt: at,
                    wantedBy: by))
        }
    }
}

extension Notice {
    /// Whether it is to be tried at `now`, where what it announces begins at `deadline`.
    public func isDue(at now: Instant, before deadline: Instant) -> Bool {
        nextAttempt(before: deadline).map { $0 <= now } ?? false
    }
}
