import GRDB
import SLA

/// A row of `service_records`: what the configuration said of a service. All behind `by` is nil where it no longer
/// had it.
struct ServiceRecordRow: FactRow {
    static let table = FactTable.serviceRecords

    var number: Int64?
    var service: String
    var at: Int64
    var by: String
    var customer: String?
    /// Separated by spaces.
    var groupNames: String?
    /// A decimal.
    var price: String?
    /// ``TermsText/paid(_:)-(IntervalSet)``.
    var paid: String?
    var mode: String?
    /// ``TermsText/checks(_:)-([Check])``.
    var checks: String?

    enum CodingKeys: String, CodingKey {
        case number, service, at, by, customer, price, paid, mode, checks
        case groupNames = "group_names"
    }

    init(_ record: ServiceRecord) {
        service = record.id
        at = record.recordedAt.milliseconds
        by = record.recordedBy
        guard let service = record.service else { return }
        customer = service.customer
        groupNames = service.groups.sorted().joined(separator: " ")
        price = service.price?.description
        paid = TermsText.paid(service.paid)
        mode = service.mode.rawValue
        checks = TermsText.checks(service.checks)
    }

    func record() throws -> ServiceRecord {
        ServiceRecord(
            id: service, service: try recordedService(), recordedAt: Instant(milliseconds: at), recordedBy: by)
    }

    private func recordedService() throws -> Service? {
        guard let customer else { return nil }
        return Service(
            id: service, customer: customer,
            groups: Set((groupNames ?? "").split(separator: " ").map(String.init)),
            price: try price.map { try parsed($0, CodingKeys.price) { ExactDecimal($0) } },
            paid: try parsed(paid ?? "", CodingKeys.paid, TermsText.paid),
            mode: try named(mode ?? "", CodingKeys.mode),
            checks: try parsed(checks ?? "", CodingKeys.checks, TermsText.checks))
    }
}

extension FactWriter {
    func add(_ record: ServiceRecord) throws { try ServiceRecordRow(record).insert(db) }
}
