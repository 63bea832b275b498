import SLA

/// The form in which columns hold terms, checks and groups; see `docs/format/ledger.md`.
enum TermsText {
    static func paid(_ set: IntervalSet) -> String {
        set.intervals.map { "\($0.start.milliseconds)/\(end($0.end).map(String.init) ?? "")" }.joined(separator: " ")
    }

    static func paid(_ text: String) -> IntervalSet? {
        let words = text.split(separator: " ")
        let intervals = words.compactMap { word -> Interval? in
            let ends = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard ends.count == 2, let start = Int64(ends[0]) else { return nil }
            if ends[1].isEmpty { return Interval(Instant(milliseconds: start), .distantFuture) }
            return Int64(ends[1]).flatMap { Interval(Instant(milliseconds: start), Instant(milliseconds: $0)) }
        }
        return intervals.count == words.count ? IntervalSet(intervals) : nil
    }

    /// The end of a term in ms; nil where there is none.
    static func end(_ instant: Instant) -> Int64? {
        instant == .distantFuture ? nil : instant.milliseconds
    }

    static func checks(_ checks: [Check]) -> String {
        checks.map {
            "\($0.id) \($0.interval) \($0.timeout) \($0.retryInterval) \($0.confirm) \($0.staleAfter)"
        }.joined(separator: "\n")
    }

    static func checks(_ text: String) -> [Check]? {
        let lines = text.split(separator: "\n")
        let checks = lines.compactMap { line -> Check? in
            let words = line.split(separator: " ")
            let numbers = words.dropFirst().compactMap { Int64($0) }
            guard words.count == 6, numbers.count == 5 else { return nil }
            return Check(
                id: String(words[0]), interval: numbers[0], timeout: numbers[1], retryInterval: numbers[2],
                confirm: Int(numbers[3]), staleAfter: numbers[4], probe: .unrecorded)
        }
        return checks.count == lines.count && !checks.isEmpty ? checks : nil
    }
}
