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
        checks.map { check in
            "\(check.id) \(check.interval) \(check.timeout) \(check.retryInterval) \(check.confirm) "
                + "\(check.staleAfter)\(check.counts ? "" : uncounted)\t\(check.probe.asked)"
        }.joined(separator: "\n")
    }

    private static let uncounted = " uncounted"

    static func checks(_ text: String) -> [Check]? {
        // By bytes: what is asked may begin with a mark that would join the sign before it.
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"))
        let checks = lines.compactMap { line -> Check? in
            let parts = line.split(separator: UInt8(ascii: "\t"), maxSplits: 1, omittingEmptySubsequences: false)
            let words = parts[0].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            let numbers = words.dropFirst().prefix(5).compactMap { Int64($0) }
            let isCounted = words.count == 6
            guard numbers.count == 5, isCounted || (words.count == 7 && " " + words[6] == uncounted) else {
                return nil
            }
            return Check(
                id: words[0], interval: numbers[0], timeout: numbers[1], retryInterval: numbers[2],
                confirm: Int(numbers[3]), staleAfter: numbers[4], counts: isCounted,
                // Records from before it was kept do not say what was asked.
                probe: .recorded(parts.count == 2 ? String(decoding: parts[1], as: UTF8.self) : ""))
        }
        return checks.count == lines.count && !checks.isEmpty ? checks : nil
    }
}
