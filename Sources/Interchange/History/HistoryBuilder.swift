import Intake
import SLA

/// Collects samples in any order, and puts them in order at the end.
struct HistoryBuilder {
    var tally = HistoryTally()
    private(set) var texts: [String] = []
    private var textNumbers: [String: Int32] = [:]
    private var views: [View] = []
    private var numbers: [View: Int] = [:]
    private var entries: [[History.Entry]] = []
    /// The samples of vantage points that have names, once they are in order.
    private(set) var vantages: [CheckID: [String: [History.Entry]]] = [:]

    /// What a series is of.
    struct View: Hashable, CustomStringConvertible {
        let check: CheckID
        /// The vantage point; nil for the one without a name.
        var vantage: String?

        /// As messages name it: `web/default`, `web/default from hanoi`.
        var description: String { "\(check)" + (vantage.map { " from \($0)" } ?? "") }
    }

    /// What two states of one check at one instant mean.
    enum Contradiction {
        /// A mistake in the file.
        case isAMistake
        /// The later record is the later truth: the format's clock is too coarse to tell them apart.
        case laterRecordHolds
    }

    /// The number of the series of `check` from `vantage`; nil is the one without a name.
    mutating func series(of check: CheckID, from vantage: String? = nil) -> Int {
        let view = View(check: check, vantage: vantage)
        if let number = numbers[view] { return number }
        numbers[view] = views.count
        views.append(view)
        entries.append([])
        return views.count - 1
    }

    /// What the series `number` is of.
    func view(_ number: Int) -> View { views[number] }

    /// Adds a sample to the series `number`.
    ///
    /// - Parameters:
    ///   - pass: the pass of the wall clock.
    ///   - family: over which it was decided.
    ///   - isDerived: whether nobody looked then.
    ///   - knownAt: when it was known; nil where that was at once.
    ///   - latency: in µs.
    ///   - record: the line or the place it stands on.
    mutating func add(
        to number: Int, at: Instant, _ state: SampleState, pass: Pass = 0, family: IPFamily? = nil,
        isDerived: Bool = false, knownAt: Instant? = nil, latency: Int64? = nil, cause: String? = nil, record: Int
    ) {
        entries[number].append(
            History.Entry(
                sample: Sample(at: at, state: state, pass: pass, family: family, isDerived: isDerived),
                knownAt: knownAt, latency: latency ?? -1,
                cause: cause.map { text($0) } ?? -1,
                record: Int32(clamping: record)))
    }

    /// Counts a record that is not taken.
    mutating func drop(_ reason: String, _ count: Int = 1) {
        tally.dropped[reason, default: 0] += count
    }

    private mutating func text(_ text: String) -> Int32 {
        if let number = textNumbers[text] { return number }
        let number = Int32(texts.count)
        texts.append(text)
        textNumbers[text] = number
        return number
    }

    /// Sorts each series and keeps each instant of a pass once: returned by the check, and in ``vantages``.
    ///
    /// - Parameter contradicted: told of two states of one check at one instant, the earlier record first.
    mutating func finish(
        _ contradiction: Contradiction, contradicted: (View, History.Entry, History.Entry) -> Void = { _, _, _ in }
    ) -> [CheckID: [History.Entry]] {
        var series: [CheckID: [History.Entry]] = [:]
        for (number, view) in views.enumerated() where !entries[number].isEmpty {
            // Taken out, so that it is sorted in its own place and not in a copy.
            var sorted: [History.Entry] = []
            swap(&sorted, &entries[number])
            Self.sort(&sorted)
            var kept = 0
            for entry in sorted {
                guard kept > 0, sorted[kept - 1].sample.isOfInstant(of: entry.sample) else {
                    sorted[kept] = entry
                    kept += 1
                    continue
                }
                if sorted[kept - 1].sample.state == entry.sample.state {
                    sorted[kept - 1] = sorted[kept - 1].merged(with: entry)
                    tally.repeated += 1
                    continue
                }
                switch contradiction {
                case .isAMistake: contradicted(view, sorted[kept - 1], entry)
                case .laterRecordHolds:
                    sorted[kept - 1] = entry
                    drop("followed by another state in the same second")
                }
            }
            sorted.removeSubrange(kept...)
            tally.taken += sorted.count
            if let vantage = view.vantage {
                vantages[view.check, default: [:]][vantage] = sorted
            } else {
                series[view.check] = sorted
            }
        }
        return series
    }

    /// By pass, then by time, then by record; files are mostly in order already, and then nothing is moved.
    private static func sort(_ entries: inout [History.Entry]) {
        let isSorted = zip(entries, entries.dropFirst()).allSatisfy {
            ($0.sample.pass, $0.sample.at) <= ($1.sample.pass, $1.sample.at)
        }
        if isSorted { return }
        entries.sort { ($0.sample.pass, $0.sample.at, $0.record) < ($1.sample.pass, $1.sample.at, $1.record) }
    }
}

extension Sample {
    /// Whether it is of the same instant of the same pass as `other`.
    fileprivate func isOfInstant(of other: Sample) -> Bool { pass == other.pass && at == other.at }
}
