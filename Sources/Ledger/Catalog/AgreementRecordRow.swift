import GRDB
import SLA

/// A row of `agreement_records`: what the configuration said of the agreement.
struct AgreementRecordRow: FactRow {
    static let table = FactTable.agreementRecords

    var number: Int64?
    var at: Int64
    var by: String
    /// A line `NAME=VALUE` for each ``AgreementSetting``; one that is missing has its default.
    var settings: String

    init(_ record: AgreementRecord) {
        at = record.recordedAt.milliseconds
        by = record.recordedBy
        settings = AgreementSetting.allCases.map { "\($0.rawValue)=\($0.text(of: record.agreement))" }
            .joined(separator: "\n")
    }

    func record() throws -> AgreementRecord {
        var agreement = Agreement(calendar: CivilCalendar(zone: .utc))
        for line in settings.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let setting = try parsed(String(parts[0]), CodingKeys.settings, AgreementSetting.init(rawValue:))
            guard parts.count == 2, setting.set(String(parts[1]), in: &agreement) else {
                throw ColumnDamage(CodingKeys.settings, "\(line) is none, expected \(setting.expected)")
            }
        }
        return AgreementRecord(
            agreement: agreement, recordedAt: Instant(milliseconds: at), recordedBy: by)
    }
}

extension FactWriter {
    func add(_ record: AgreementRecord) throws { try AgreementRecordRow(record).insert(db) }
}

extension LedgerSnapshot {
    /// What became known of the agreement, and when.
    /// - Throws: ``LedgerError``.
    public func agreementHistory() throws -> AgreementHistory {
        AgreementHistory(try every { (row: AgreementRecordRow) in try row.record() })
    }
}
