/// A check that is in no figure, as it is watched: whether it fails, confirmed, whatever its service does. It tells a
/// probe that somebody blocks from an outage.
struct UncountedCheck: Hashable, Sendable {
    /// The events that it is announced by, each latest of which it resumes from.
    static let latches: [[AlertEvent]] = [[.checkDown, .checkUp]]

    /// What its alerts are about: no identifier has a space, and any other character may be in one.
    static func subject(of check: CheckID) -> String { "\(check.service) \(check.check)" }

    /// What is new of it.
    struct Change: Hashable, Sendable {
        let event: AlertEvent
        let fields: [Alert.Field]
    }

    /// The adjacent failures that came last, while nothing was said of them; the oldest are let go.
    private var run: [Sample] = []
    /// How many are kept at the most: more than it takes, as a void may take some.
    private static let longestRun = 64
    /// The latest sample that tells anything, and since when there was no other.
    private(set) var last: Sample?
    private var upSince: Instant?
    private var latest: Sample?
    private var cause: Cause?
    /// Since when it was announced as down; nil where it was not.
    private var downSince: Instant?

    /// One that was last announced by `alert`.
    init(resuming alert: Alert? = nil) {
        if let alert, alert.event == .checkDown { downSince = alert["since"]?.instant ?? alert.at }
    }

    /// Takes note of a sample of `check`, later than every one before it.
    mutating func append(_ sample: Sample, of check: Check, cause: Cause?) {
        let isAdjacent = latest.map { $0.pass == sample.pass && sample.at - $0.at <= check.staleAfter } ?? false
        latest = sample
        switch sample.state {
        case .unknown: run = []
        case .up:
            if last?.state != .up { upSince = sample.at }
            (run, last) = ([], sample)
        case .down:
            if !isAdjacent || last?.state == .up { run = [] }
            if downSince == nil { run.append(sample) }
            if run.count > Self.longestRun { run.removeFirst() }
            (last, self.cause) = (sample, cause)
        }
    }

    /// What is to be said, where `voids` are the time in which the monitor measured wrongly; nil where nothing is new.
    mutating func decide(_ check: Check, _ voids: SampleVoids) -> Change? {
        if let index = run.lastIndex(where: voids.takes) { run.removeFirst(index + 1) }
        if let downSince {
            guard last?.state == .up, let upSince, upSince >= downSince else { return nil }
            self.downSince = nil
            return Change(
                event: .checkUp,
                fields: [Alert.Field("since", .instant(upSince)), Alert.Field("down_since", .instant(downSince))])
        }
        guard run.count >= check.confirm, let first = run.first else { return nil }
        downSince = first.at
        run = []
        return Change(
            event: .checkDown,
            fields: [Alert.Field("since", .instant(first.at))]
                + (cause.map { [Alert.Field("cause", .cause($0))] } ?? []))
    }
}
