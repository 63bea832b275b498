/// How the states of several checks make up the state of their service (semantics §3).
public enum CheckMode: String, CaseIterable, Hashable, Sendable {
    /// Down where any is down, else unmeasured where any is, else up.
    case all
    /// Up where any is up, else unmeasured where any is, else down.
    case any
}

/// One way in which a service is watched, and how its samples are read.
public struct Check: Hashable, Sendable {
    /// Its identifier within the service; `default` where the service has only one and does not name it.
    public var id: String
    /// The time from one due instant to the next, in ms.
    public var interval: Milliseconds
    /// How long a probe may take, in ms; at most ``interval``.
    public var timeout: Milliseconds
    /// How long after a failed probe the next one is due, in ms; at most ``interval``.
    public var retryInterval: Milliseconds
    /// How many adjacent failures make an outage, at least 1.
    public var confirm: Int
    /// How long a sample speaks for the time after it, in ms (semantics §3).
    public var staleAfter: Milliseconds
    /// Whether it is part of its service's figures; one that is not is watched all the same (semantics §3.2).
    public var counts: Bool
    /// The vantage points from which it is probed; empty for the only one, which has no name (semantics §3.7).
    public var vantages: [String]
    /// From how many of them it is down at least; nil for more than half.
    public var quorum: Int?
    /// What is asked of the network.
    public var probe: ProbeSpecification

    /// The identifier of a service's only check where the service gives it none.
    public static let defaultID = "default"

    /// A check; `staleAfter` is `2 × interval + timeout` unless given.
    public init(
        id: String = Check.defaultID, interval: Milliseconds = 60_000, timeout: Milliseconds = 10_000,
        retryInterval: Milliseconds = 10_000, confirm: Int = 2, staleAfter: Milliseconds? = nil,
        counts: Bool = true, vantages: [String] = [], quorum: Int? = nil, probe: ProbeSpecification
    ) {
        self.id = id
        self.interval = interval
        self.timeout = timeout
        self.retryInterval = retryInterval
        self.confirm = confirm
        self.staleAfter = staleAfter ?? 2 * interval + timeout
        self.counts = counts
        self.vantages = vantages
        self.quorum = quorum
        self.probe = probe
    }
}

extension Check {
    /// Its vantage points; nil is the one without a name.
    var everyVantage: [String?] { vantages.isEmpty ? [nil] : vantages }

    /// From how many vantage points it is down at least.
    public var downFrom: Int { quorum ?? max(1, vantages.count) / 2 + 1 }

    /// How many adjacent failures can make an outage (semantics §3.2).
    public static let confirmRange = 1...10

    /// How long a sample can speak for the time after it, in ms, where a check is due each `interval` and may take
    /// `timeout`: shorter, a healthy check would have gaps; longer, one sample would make long gaps up.
    public static func staleRange(interval: Milliseconds, timeout: Milliseconds) -> ClosedRange<Milliseconds> {
        (interval + timeout)...(5 * interval + timeout)
    }

    /// What is expected in the place of a `stale_after` outside ``staleRange(interval:timeout:)``.
    public static func staleExpected(interval: Milliseconds, timeout: Milliseconds) -> String {
        let range = staleRange(interval: interval, timeout: timeout)
        let (least, most) = (DurationText.spoken(range.lowerBound), DurationText.spoken(range.upperBound))
        return "\(least) to \(most), from interval + timeout to 5 × interval + timeout"
    }
}
