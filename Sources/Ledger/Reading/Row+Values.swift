import GRDB
import SLA

/// Values of the contract from columns. A column that cannot hold what it does is damage, never a crash.
extension Row {
    func instant(_ index: Int) throws -> Instant {
        Instant(milliseconds: try decode(Int64.self, atIndex: index))
    }

    func optionalInstant(_ index: Int) throws -> Instant? {
        try decode(Int64?.self, atIndex: index).map(Instant.init)
    }

    func sampleState(_ index: Int, path: String) throws -> SampleState {
        let number = try decode(Int64.self, atIndex: index)
        guard let state = UInt8(exactly: number).flatMap(SampleState.init(rawValue:)) else {
            throw LedgerError.damaged(path: path, reason: "a sample with state \(number)")
        }
        return state
    }

    /// The case whose name the column holds.
    func named<Value: RawRepresentable<String>>(_ index: Int, path: String) throws -> Value {
        let name = try decode(String.self, atIndex: index)
        guard let value = Value(rawValue: name) else {
            throw LedgerError.damaged(path: path, reason: "\(name) is no \(Value.self)")
        }
        return value
    }
}
