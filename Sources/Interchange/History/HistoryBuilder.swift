import Intake
import SLA

/// Collects samples in any order, and puts them in order at the end.
struct HistoryBuilder {
    var tally = HistoryTally()
    private(set) var texts: [String] = []
    private var textNumbers: [String: Int32] = [:]
    private var checks: [CheckID] = []
    private var numbers: [CheckID: Int] = [:]
    private var entries: [[History.Entry]] = []

    /// What two states of one check at one instant mean.
    enum Contradiction {
        /// A mistake in the file.
        case isAMistake
        /// The later record is the later truth: the format's clock is too coarse to tell them apart.
        case laterRecordHolds
    }

    /// The number of the series of `check`.
    mutating func series(of check: CheckID) -> Int {
        if let number = numbers[check] { return number }
        numbers[check] = checks.count
        checks.append(check)
        entries.append([])
        return checks.count - 1
    }

    /// The check of the series `number`.
    func check(_ number: Int) -> CheckID { checks[number] }

    /// Adds a sample to the series `number`.
    ///
    /// - Parameters:
    ///   - pass: the pass of the wall clock.
    ///   - family: over which it was decided.
    ///   - latency: in µs.
    ///   - record: the line or the place it stands on.
    mutating func add(
        to number: Int, at: Instant, _ state: SampleState, pass: Pass = 0, family: IPFamily? = nil,
        latency: Int64? = nil, cause: String? = nil, record: Int
    ) {
        entries[number].append(
            History.Entry(
                sample: Sample(at: at, state: state, pass: pass, family: family), latency: latency ?? -1,
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

    /// Sorts each series and keeps each instant of a pass once.
    ///
    /// - Parameter contradicted: told of two states of one check at one instant, the earlier record first.
    mutating func finish(
        _ contradiction: Contradiction, contradicted: (CheckID, History.Entry, History.Entry) -> Void = { _, _, _ in }
    ) -> [CheckID: [History.Entry]] {
        var series: [CheckID: [History.Entry]] = [:]
        for (number, check) in checks.enumerated() where !entries[number].isEmpty {
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
                    tally.repeated += 1
                    continue
                }
                switch contradiction {
                case .isAMistake: contradicted(check, sorted[kept - 1], entry)
                case .laterRecordHolds:
                    sorted[kept - 1] = entry
                    drop("followed by another state in the same second")
                }
            }
            sorted.removeSubrange(kept...)
            tally.taken += sorted.count
            series[check] = sorted
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
