/// All that is recorded of maintenance: the plans, and what became of them, each in the order of recording.
public struct MaintenanceRecord: Hashable, Sendable {
    /// The plans, by number.
    public var plans: [MaintenancePlan]
    /// What was cancelled.
    public var cancellations: [MaintenanceCancellation]
    /// What was extended.
    public var extensions: [MaintenanceExtension]
    /// The notices that were given.
    public var deliveries: [NoticeDelivery]

    /// A record.
    public init(
        plans: [MaintenancePlan] = [], cancellations: [MaintenanceCancellation] = [],
        extensions: [MaintenanceExtension] = [], deliveries: [NoticeDelivery] = []
    ) {
        self.plans = plans
        self.cancellations = cancellations
        self.extensions = extensions
        self.deliveries = deliveries
    }

    /// What of it was known at `asOf` (semantics §1).
    public func known(asOf: Instant) -> MaintenanceRecord {
        MaintenanceRecord(
            plans: plans.filter { $0.plannedAt <= asOf }, cancellations: cancellations.filter { $0.at <= asOf },
            extensions: extensions.filter { $0.at <= asOf }, deliveries: deliveries.filter { $0.recordedAt <= asOf })
    }

    /// The first instant after `now` at which more of it is known.
    func nextKnown(after now: Instant) -> Instant? {
        let plans = plans.lazy.map(\.plannedAt).filter { $0 > now }.min()
        let cancellations = cancellations.lazy.map(\.at).filter { $0 > now }.min()
        let extensions = extensions.lazy.map(\.at).filter { $0 > now }.min()
        let deliveries = deliveries.lazy.map(\.recordedAt).filter { $0 > now }.min()
        return [plans, cancellations, extensions, deliveries].compactMap { $0 }.min()
    }

    /// The notices that count for `claim`, in the order of recording.
    public func deliveries(of claim: MaintenanceClaim) -> [NoticeDelivery] {
        let subjects = claim.window.subjects(of: claim.segment)
        return deliveries.filter {
            subjects.contains($0.subject) && ($0.customer == nil || $0.customer == claim.customer.id)
        }
    }

    /// The plan numbered `number`, if there is one.
    public func plan(_ number: Int) -> MaintenancePlan? {
        plans.first { $0.number == number }
    }

    /// The windows of every plan that hold an instant of `range`, cancelled ones too, by their beginning.
    public func windows(overlapping range: Interval, in calendar: CivilCalendar) -> [MaintenanceWindow] {
        plans.flatMap { windows(of: $0, overlapping: range, in: calendar) }
            .sorted { ($0.interval.start, $0.plan.number) < ($1.interval.start, $1.plan.number) }
    }

    /// The windows of `plan` that hold an instant of `range`, cancelled ones too, in order.
    public func windows(
        of plan: MaintenancePlan, overlapping range: Interval, in calendar: CivilCalendar
    ) -> [MaintenanceWindow] {
        let extensions = extensions.filter { $0.plan == plan.number }
        let cancellations = cancellations.filter { $0.plan == plan.number }
        // An extension may reach into `range` from a window that ended before it.
        let longest = extensions.map(\.until).max()
        let earliest =
            longest.map { $0 > range.start } ?? false
            ? extensions.map { calendar.start(of: $0.date) }.min() ?? range.start : range.start
        guard let wider = Interval(min(earliest, range.start), range.end) else { return [] }
        return plan.recurrence.windows(overlapping: wider, in: calendar).map { date, planned in
            MaintenanceWindow(plan, on: date, planned, extensions: extensions, cancellations: cancellations)
        }.filter { $0.interval.intersection(range) != nil }
    }

    /// The window of `plan` that begins on `date`, if there is one.
    public func window(of plan: MaintenancePlan, on date: CivilDate, in calendar: CivilCalendar) -> MaintenanceWindow? {
        guard let around = Interval(calendar.start(of: date), calendar.start(of: date.advanced(by: 2))) else {
            return nil
        }
        return windows(of: plan, overlapping: around, in: calendar).first { $0.date == date }
    }

    /// The window of `plan` that begins on `date`, unless it is cancelled or ended by `now`; however far it lies ahead.
    func pendingWindow(
        of plan: MaintenancePlan, on date: CivilDate, at now: Instant, in calendar: CivilCalendar
    ) -> MaintenanceWindow? {
        window(of: plan, on: date, in: calendar).flatMap { $0.cancellation == nil && now < $0.interval.end ? $0 : nil }
    }

    /// The first windows of `plan` that end after `now` and stand, at most `limit`, within `span` ms of `now`, or of
    /// the plan's beginning where that lies ahead.
    public func nextWindows(
        of plan: MaintenancePlan, after now: Instant, limit: Int, within span: Milliseconds = 400 * 86_400_000,
        in calendar: CivilCalendar
    ) -> [MaintenanceWindow] {
        let begin = max(now, plan.begin(in: calendar))
        let range = Interval(unchecked: begin, begin + max(1, span))
        return Array(
            windows(of: plan, overlapping: range, in: calendar).filter { $0.cancellation == nil }.prefix(limit))
    }
}
