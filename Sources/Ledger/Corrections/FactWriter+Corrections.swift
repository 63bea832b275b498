import GRDB
import SLA

extension FactWriter {
    /// Adds a correction, with the next free identifier where it has none, and gives it as it was recorded.
    func add(_ draft: Correction) throws -> Correction {
        var correction = draft
        if correction.id.isEmpty { correction.id = try nextIdentifier(of: correction.kind) }
        try CorrectionRow(correction).insert(db)
        if let revocation = correction.revocation {
            try CorrectionRevocationRow(revocation, of: db.lastInsertedRowID).insert(db)
        }
        return correction
    }

    /// Adds the end of the correction called `id`.
    func add(_ revocation: Correction.Revocation, of id: String) throws {
        let row = CorrectionRow.filter(Column("id") == id)
        guard let number = try Int64.fetchOne(db, row.select(Column("number"))) else {
            let kind = Correction.Kind.allCases.first { id.hasPrefix($0.letter) } ?? .void
            throw CorrectionError.unknown(id: id, kind: kind)
        }
        try CorrectionRevocationRow(revocation, of: number).insert(db)
    }

    private func nextIdentifier(of kind: Correction.Kind) throws -> String {
        var number = try CorrectionRow.filter(Column("kind") == kind.rawValue).fetchCount(db) + 1
        // Somebody may have given an identifier of this form by hand.
        while try !CorrectionRow.filter(Column("id") == "\(kind.letter)\(number)").isEmpty(db) { number += 1 }
        return "\(kind.letter)\(number)"
    }
}
