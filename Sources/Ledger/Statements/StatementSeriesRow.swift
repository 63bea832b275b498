import Foundation
import GRDB
import SLA

/// A row of `statement_series`.
struct StatementSeriesRow: FactRow {
    static let table = FactTable.statementSeries

    var id: Int64?
    /// The number of the statement among all.
    var statement: Int64
    var service: String
    var checkID: String
    var count: Int
    /// Packed as `PackedSamples` packs them.
    var samples: Data
    var digest: String

    enum CodingKeys: String, CodingKey {
        case id, statement, service, count, samples, digest
        case checkID = "check_id"
    }

    init(_ series: KeptSeries, of statement: Int64) {
        self.statement = statement
        service = series.check.service
        checkID = series.check.check
        count = series.samples.count
        samples = Data(series.samples.bytes)
        digest = series.digest
    }

    var check: CheckID { CheckID(service: service, check: checkID) }

    /// The samples; nil where they cannot be unpacked.
    var series: KeptSeries? {
        PackedSamples(bytes: [UInt8](samples), count: count).map {
            KeptSeries(check: check, samples: $0, digest: digest)
        }
    }
}
