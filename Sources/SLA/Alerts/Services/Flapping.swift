/// From how many transients of a service in one civil day on it is announced as flapping.
public struct FlappingLimit: Hashable, Sendable {
    /// So many.
    public let transients: Int

    /// What a limit can be.
    public static let range = 1...10_000

    /// Each transient leaves the time from the last success to the next in doubt. With the standard interval and its
    /// retry these are 70 s: ten in a day are four fifths of the downtime that an objective of 99 % allows of it.
    public static let standard = FlappingLimit(transients: 10)

    /// From `transients` on, of ``range``.
    public init(transients: Int) {
        self.transients = transients
    }
}

/// What is said of services besides what the agreement asks for.
public struct AnnouncingRules: Hashable, Sendable {
    /// From when on it is said that a service flaps; nil where it never is.
    public var flapping: FlappingLimit?

    /// Rules; where nothing is said, the standard.
    public init(flapping: FlappingLimit? = .standard) {
        self.flapping = flapping
    }
}

/// That a service fails again and again, each time too shortly for an outage: announced once a day. Such a month is not
/// known to be as good as it was measured.
struct FlappingLatch: Hashable, Sendable {
    /// The day of which it was announced last, as it is written; nil where it never was.
    private var day: String?

    /// Takes note that it was announced.
    mutating func restore(from alert: Alert) {
        if case .text(let day)? = alert["day"] { self.day = day }
    }

    /// What is to be said with `figures`; nil where that is nothing, or was said.
    mutating func decide(_ figures: MonthToDate, _ limit: FlappingLimit) -> [Alert.Field]? {
        let found = figures.transients
        guard found.count >= limit.transients, let day = found.date?.description, let first = found.first,
            day != self.day
        else { return nil }
        self.day = day
        let bounds: [(String, Ratio?)] = [
            ("availability_percent", figures.availability), ("availability_min_percent", figures.availabilityMin),
            ("availability_max_percent", figures.availabilityMax),
        ]
        return [
            Alert.Field("day", day), Alert.Field("transients", .number(Int64(found.count))),
            Alert.Field("since", .instant(first)), Alert.Field("month", .month(figures.month)),
        ] + bounds.compactMap { key, share in share.map { Alert.Field(key, $0.percentText) } }
    }
}
