import Foundation
import GRDB
import SLA

/// A row of `statements`.
struct StatementRow: FactRow {
    static let table = FactTable.statements

    var number: Int64
    var month: String
    var sequence: Int
    var closedAt: Int64
    var asOf: Int64
    var closedBy: String
    var reason: String
    var program: String
    var csv: Data
    var csvSHA256: String
    var inputs: String
    var inputsSHA256: String
    var agreementSHA256: String
    var termsSHA256: String
    var exclusionsSHA256: String
    var negotiationsSHA256: String
    var samplesSHA256: String
    /// A JSON document of `StatementChanges`.
    var changes: String
    var ledgerState: String
    var previousSeal: String
    var seal: String

    enum CodingKeys: String, CodingKey {
        case number, month, sequence, reason, program, csv, inputs, changes, seal
        case closedAt = "closed_at"
        case asOf = "as_of"
        case closedBy = "closed_by"
        case csvSHA256 = "csv_sha256"
        case inputsSHA256 = "inputs_sha256"
        case agreementSHA256 = "agreement_sha256"
        case termsSHA256 = "terms_sha256"
        case exclusionsSHA256 = "exclusions_sha256"
        case negotiationsSHA256 = "negotiations_sha256"
        case samplesSHA256 = "samples_sha256"
        case ledgerState = "ledger_state"
        case previousSeal = "previous_seal"
    }

    /// - Parameters:
    ///   - number: counts the statements of all months without a gap.
    ///   - changes: those of `statement` as JSON, as its seal was taken over them.
    init(_ statement: ClosedStatement, number: Int64, changes: String) {
        let (draft, digests) = (statement.draft, statement.draft.digests)
        self.number = number
        month = draft.month.description
        sequence = statement.number.sequence
        closedAt = draft.closedAt.milliseconds
        asOf = draft.asOf.milliseconds
        closedBy = draft.closedBy
        reason = draft.reason
        program = draft.program
        csv = Data(draft.csv)
        csvSHA256 = digests.csv
        inputs = draft.inputs
        inputsSHA256 = digests.inputs
        agreementSHA256 = digests.agreement
        termsSHA256 = digests.terms
        exclusionsSHA256 = digests.exclusions
        negotiationsSHA256 = digests.negotiations
        samplesSHA256 = digests.samples
        self.changes = changes
        ledgerState = draft.ledgerState
        previousSeal = statement.previousSeal
        seal = statement.seal
    }

    /// The statement, without its samples.
    func statement() throws -> ClosedStatement {
        let number = try parsed("\(month)/\(sequence)", CodingKeys.month) { StatementNumber($0) }
        let amends = number.isAmendment ? StatementNumber(month: number.month, sequence: number.sequence - 1) : nil
        let draft = ClosedStatement.Draft(
            month: number.month, amends: amends, closedAt: Instant(milliseconds: closedAt),
            asOf: Instant(milliseconds: asOf), closedBy: closedBy, reason: reason, program: program,
            csv: [UInt8](csv), inputs: inputs, series: [],
            digests: StatementDigests(
                csv: csvSHA256, inputs: inputsSHA256, agreement: agreementSHA256, terms: termsSHA256,
                exclusions: exclusionsSHA256, negotiations: negotiationsSHA256, samples: samplesSHA256),
            changes: try JSONText.decode(StatementChanges.self, from: changes, CodingKeys.changes),
            ledgerState: ledgerState)
        return ClosedStatement(draft, number: number, previousSeal: previousSeal, seal: seal)
    }
}
