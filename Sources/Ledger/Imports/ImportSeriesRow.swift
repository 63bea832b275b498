import GRDB
import SLA

/// A row of `import_series`.
struct ImportSeriesRow: FactRow {
    static let table = FactTable.importSeries

    var number: Int64?
    /// The number of the import.
    var `import`: Int64
    var source: String
    var service: String
    var checkID: String
    var samples: Int
    var firstAt: Int64
    var lastAt: Int64

    enum CodingKeys: String, CodingKey {
        case number, `import`, source, service, samples
        case checkID = "check_id"
        case firstAt = "first_at"
        case lastAt = "last_at"
    }

    init(_ series: ImportedFile.Series, of number: Int64) {
        `import` = number
        source = series.source
        service = series.check.service
        checkID = series.check.check
        samples = series.samples
        firstAt = series.first.milliseconds
        lastAt = series.last.milliseconds
    }

    var series: ImportedFile.Series {
        ImportedFile.Series(
            source: source, check: CheckID(service: service, check: checkID), samples: samples,
            first: Instant(milliseconds: firstAt), last: Instant(milliseconds: lastAt))
    }
}
