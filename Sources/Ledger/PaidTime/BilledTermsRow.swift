import GRDB
import SLA

/// A row of `billed_terms`: what the billing system said of a service.
struct BilledTermsRow: FactRow {
    static let table = FactTable.billedTerms

    var number: Int64?
    var service: String
    /// A JSON array of ``StoredTerm``.
    var terms: String
    var at: Int64
    var by: String

    init(_ billed: BilledTerms) throws {
        service = billed.service
        terms = try JSONText.encode(billed.terms.map(StoredTerm.init))
        at = billed.recordedAt.milliseconds
        by = billed.recordedBy
    }

    func billedTerms() throws -> BilledTerms {
        let stored = try JSONText.decode([StoredTerm].self, from: terms, CodingKeys.terms)
        return BilledTerms(
            service: service,
            terms: try stored.map { stored in
                guard let term = stored.term else {
                    throw ColumnDamage(CodingKeys.terms, "billed terms of service \(service) that make no sense")
                }
                return term
            }, recordedAt: Instant(milliseconds: at), recordedBy: by)
    }
}

extension FactWriter {
    func add(_ terms: BilledTerms) throws { try BilledTermsRow(terms).insert(db) }
}

extension LedgerSnapshot {
    /// What the billing system said last of each service, by its identifier.
    /// - Throws: ``LedgerError``.
    public func latestBilledTerms() throws -> [String: BilledTerms] {
        let latest = BilledTermsRow.select(max(Column("number"))).group(Column("service"))
        let terms = try all(BilledTermsRow.filter(latest.contains(Column("number")))) { try $0.billedTerms() }
        return Dictionary(terms.map { ($0.service, $0) }, uniquingKeysWith: { _, last in last })
    }

    func billedTerms() throws -> [BilledTerms] { try every { (row: BilledTermsRow) in try row.billedTerms() } }
}
