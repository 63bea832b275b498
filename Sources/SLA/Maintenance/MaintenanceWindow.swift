/// One window of a plan, with what became of it.
public struct MaintenanceWindow: Hashable, Sendable {
    /// The plan.
    public let plan: MaintenancePlan
    /// The day on which it begins, in the agreement's zone.
    public let date: CivilDate
    /// Its segments: the window as planned, then each extension; each begins where the one before it ends.
    public let segments: [Segment]
    /// Its cancellation; nil while it stands.
    public let cancellation: MaintenanceCancellation?

    /// A part of a window that has a notice of its own.
    public struct Segment: Hashable, Sendable {
        /// Its time.
        public let interval: Interval
        /// The extension that added it; nil for the window as planned.
        public let added: MaintenanceExtension?
    }

    /// How long it may be at the most, extensions included, in ms: 31 days. What is longer is a date mistaken, and
    /// would leave whole months without a commitment.
    public static let longest: Milliseconds = 31 * 86_400_000

    /// As `M3.2026-10-11`.
    public var id: String { NoticeSubject.window(plan.number, date).description }

    /// From its beginning to its end, extensions included.
    public var interval: Interval {
        Interval(unchecked: segments[0].interval.start, segments[segments.count - 1].interval.end)
    }

    /// As `M3.2026-10-11`, or `M3.2026-10-11.x1` where it is what an extension added.
    public func id(of segment: Segment) -> String {
        id + (segment.added.map { ".x\($0.number)" } ?? "")
    }

    /// What a notice of `segment` may be about: the plan or the window, or the extension alone.
    func subjects(of segment: Segment) -> [NoticeSubject] {
        segment.added.map { [$0.subject] } ?? [.plan(plan.number), .window(plan.number, date)]
    }

    /// The last instant at which notice of `segment` is in time (clauses 6.1, 6.2).
    public func noticeDue(of segment: Segment, under agreement: Agreement) -> Instant {
        agreement.lastNotice(of: plan.kind, before: segment.interval.start)
    }

    /// The window of `plan` that begins on `date`, without what was done to it.
    init(
        _ plan: MaintenancePlan, on date: CivilDate, _ planned: Interval, extensions: [MaintenanceExtension],
        cancellations: [MaintenanceCancellation]
    ) {
        self.plan = plan
        self.date = date
        var segments = [Segment(interval: planned, added: nil)]
        for added in extensions where added.date == date {
            guard let interval = Interval(segments[segments.count - 1].interval.end, added.until) else { continue }
            segments.append(Segment(interval: interval, added: added))
        }
        self.segments = segments
        // What has begun cannot be taken back: the time that it used stays claimed.
        cancellation = cancellations.filter { ($0.date ?? date) == date && $0.at < planned.start }
            .min { $0.at < $1.at }
    }
}
