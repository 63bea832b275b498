import SLA

/// The numbers of rows that are in the ledger for good, so that a commit need not look them up. Rows that a
/// transaction adds are put here only once it is committed: what was rolled back has no number.
struct KnownRows {
    /// What one row of `series` is of.
    struct SeriesKey: Hashable {
        let check: CheckID
        let pass: Pass
    }

    private(set) var series: [SeriesKey: Int64] = [:]
    private(set) var texts: [String: Int64] = [:]
    private(set) var causes: [Cause: Int64] = [:]

    /// Causes may quote what a server says, so their number has no bound of its own.
    private static let mostTexts = 10_000

    mutating func add(_ key: SeriesKey, id: Int64) {
        series[key] = id
    }

    mutating func add(_ text: String, id: Int64) {
        texts[text] = id
    }

    mutating func add(_ cause: Cause, id: Int64) {
        causes[cause] = id
    }

    /// Takes over what a committed transaction has found or added.
    mutating func merge(_ other: KnownRows) {
        series.merge(other.series) { first, _ in first }
        if texts.count + other.texts.count > Self.mostTexts { texts = [:] }
        texts.merge(other.texts) { first, _ in first }
        if causes.count + other.causes.count > Self.mostTexts { causes = [:] }
        causes.merge(other.causes) { first, _ in first }
    }
}
