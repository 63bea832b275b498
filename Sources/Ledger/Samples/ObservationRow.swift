import GRDB
import SLA

/// A row of `samples` with its texts.
struct ObservationRow: StoredRow {
    static let table = FactTable.samples

    var at: Int64
    var state: Int64
    var nameUs: Int64?
    var connectUs: Int64?
    var tlsUs: Int64?
    var firstByteUs: Int64?
    var totalUs: Int64?
    var address: String?
    var cause: String?
    var family: Int64?

    enum CodingKeys: String, CodingKey {
        case at, state, address, cause, family
        case nameUs = "name_us"
        case connectUs = "connect_us"
        case tlsUs = "tls_us"
        case firstByteUs = "first_byte_us"
        case totalUs = "total_us"
    }

    func observation(of check: CheckID, pass: Pass) throws -> Observation {
        guard let state = UInt8(exactly: state).flatMap(SampleState.init(rawValue:)) else {
            throw ColumnDamage(CodingKeys.state, "\(state) is no SampleState")
        }
        return Observation(
            check: check,
            sample: Sample(
                at: Instant(milliseconds: at), state: state, pass: pass,
                family: try family.map { try family($0, CodingKeys.family) }),
            phases: ProbePhases(
                name: nameUs, connect: connectUs, tls: tlsUs, firstByte: firstByteUs, total: totalUs),
            address: address, cause: cause.map(CauseText.cause))
    }
    private func family(_ number: Int64, _ column: some CodingKey) throws -> IPFamily {
        guard let family = UInt8(exactly: number).flatMap(IPFamily.init(rawValue:)) else {
            throw ColumnDamage(column, "\(number) is no IPFamily")
        }
        return family
    }
}
