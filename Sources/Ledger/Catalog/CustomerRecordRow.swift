import GRDB
import SLA

/// A row of `customer_records`: what the configuration said of a customer, without its address.
struct CustomerRecordRow: FactRow {
    static let table = FactTable.customerRecords

    var number: Int64?
    var customer: String
    var name: String
    var isVIP: Bool
    var at: Int64
    var by: String

    enum CodingKeys: String, CodingKey {
        case number, customer, name, at, by
        case isVIP = "is_vip"
    }

    init(_ record: CustomerRecord) {
        customer = record.customer.id
        name = record.customer.name
        isVIP = record.customer.isVIP
        at = record.recordedAt.milliseconds
        by = record.recordedBy
    }

    var record: CustomerRecord {
        CustomerRecord(
            customer: Customer(id: customer, name: name, isVIP: isVIP), recordedAt: Instant(milliseconds: at),
            recordedBy: by)
    }
}

extension FactWriter {
    func add(_ record: CustomerRecord) throws { try CustomerRecordRow(record).insert(db) }
}
