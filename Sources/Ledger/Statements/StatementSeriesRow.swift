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
    var pass: Pass
    /// Packed likewise; empty where no family is known.
    var families: Data

    enum CodingKeys: String, CodingKey {
        case id, statement, service, count, samples, digest, pass, families
        case checkID = "check_id"
    }

    init(_ series: KeptSeries, of statement: Int64) {
        self.statement = statement
        service = series.check.service
        checkID = series.check.check
        count = series.samples.count
        samples = Data(series.samples.bytes)
        digest = series.digest
        pass = series.samples.pass
        families = Data(series.samples.familyBytes)
    }

    var check: CheckID { CheckID(service: service, check: checkID) }

    /// The samples; nil where they cannot be unpacked.
    var series: KeptSeries? {
        PackedSamples(bytes: [UInt8](samples), families: [UInt8](families), pass: pass, count: count).map {
            KeptSeries(check: check, samples: $0, digest: digest)
        }
    }
}
