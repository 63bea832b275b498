import SLA

/// What a file says about the past, check by check, and what became of each of its records.
public struct History: Sendable {
    /// The format it was read as.
    public let format: HistoryFormat
    /// The samples of each check that has some from the vantage point without a name, pass by pass in order of time, each
    /// instant of a pass once.
    public let series: [CheckID: [Entry]]
    /// The same from vantage points that have names, by their names.
    public let vantages: [CheckID: [String: [Entry]]]
    /// What became of the file's records.
    public let tally: HistoryTally
    /// The series of another monitor that the file holds, in the order in which they were met; empty for
    /// `samples.csv`, which names checks itself.
    public let sources: [ForeignSeries]
    /// What a person should know before relying on it; a sentence each, without a full stop.
    public let remarks: [String]
    /// Downtimes that the other monitor knew of: candidates for exclusions, without notice.
    public let downtimes: [Exclusion]
    /// Where passes of the wall clock ended, as the file says.
    public let passEnds: [PassEnd]

    private let texts: [String]

    init(
        format: HistoryFormat, series: [CheckID: [Entry]], vantages: [CheckID: [String: [Entry]]] = [:],
        texts: [String], tally: HistoryTally,
        sources: [ForeignSeries] = [], remarks: [String] = [], downtimes: [Exclusion] = [],
        passEnds: [PassEnd] = []
    ) {
        self.format = format
        self.series = series
        self.vantages = vantages
        self.texts = texts
        self.tally = tally
        self.sources = sources
        self.remarks = remarks
        self.downtimes = downtimes
        self.passEnds = passEnds
    }

    /// A sample with its evidence, packed: a file may hold millions.
    public struct Entry: Hashable, Sendable {
        /// What the calculation uses.
        public let sample: Sample
        /// When it was known; nil where that was at once.
        public let knownAt: Instant?
        /// How long the probe took, in µs; negative where that is not known.
        let latency: Int64
        /// The number of its cause among the texts; negative where it has none.
        let cause: Int32
        /// The record it was read from, by which two that contradict each other are named.
        let record: Int32

        /// Whether it exists at `asOf` (semantics §1).
        public func isKnown(asOf: Instant) -> Bool { max(sample.at, knownAt ?? sample.at) <= asOf }

        /// The same sample, which `other` says again: known since either was, and looked at where either was.
        func merged(with other: Entry) -> Entry {
            let isLooked = sample.isDerived && !other.sample.isDerived
            let known = knownAt.flatMap { own in other.knownAt.map { min(own, $0) } }
            if !isLooked, known == knownAt { return self }
            return Entry(
                sample: isLooked ? other.sample : sample, knownAt: known, latency: latency, cause: cause,
                record: record)
        }
    }

    /// The samples of `check` from `vantage`; nil is the one without a name.
    public func entries(of check: CheckID, from vantage: String?) -> [Entry] {
        (vantage.map { vantages[check]?[$0] } ?? series[check]) ?? []
    }

    /// An entry of `check` as the ledger keeps it.
    public func observation(_ entry: Entry, of check: CheckID) -> Observation {
        Observation(
            check: check, sample: entry.sample, phases: ProbePhases(total: entry.latency < 0 ? nil : entry.latency),
            cause: entry.cause < 0 ? nil : .text(texts[Int(entry.cause)]))
    }

    /// How many samples there are, of all checks.
    public var sampleCount: Int {
        let named = vantages.values.reduce(0) { $0 + $1.values.reduce(0) { $0 + $1.count } }
        return series.values.reduce(named) { $0 + $1.count }
    }
}

/// A series of another monitor, and what it was taken for.
public struct ForeignSeries: Hashable, Sendable {
    /// What it is called there, as `{instance="https://acme.example/",job="blackbox"}` or `web1;HTTP`.
    public let name: String
    /// The check it was taken for; nil where it was not taken.
    public internal(set) var check: CheckID?
    /// How many samples it has in the file.
    public internal(set) var samples = 0
    /// Why it was not taken; nil where it was.
    public let reason: String?
    /// The name nearest to its own among those that would have been taken.
    public let nearest: String?
}

/// What became of the records of a file of history.
public struct HistoryTally: Hashable, Sendable {
    /// How many records were read: lines, heartbeats, values.
    public internal(set) var records = 0
    /// How many samples were taken, each once.
    public internal(set) var taken = 0
    /// How many of those no record shows by itself: states that were seen to hold.
    public internal(set) var derived = 0
    /// How many records said again what another had said.
    public internal(set) var repeated = 0
    /// How many records were not taken, by the reason.
    public internal(set) var dropped: [String: Int] = [:]

    /// Nothing yet.
    public init() {}

    /// The reasons with their counts, the most frequent first.
    public var reasons: [(reason: String, count: Int)] {
        dropped.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }
}
