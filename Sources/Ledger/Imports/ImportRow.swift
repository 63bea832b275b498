import GRDB
import SLA

/// A row of `imports`.
struct ImportRow: FactRow {
    static let table = FactTable.imports

    var number: Int64?
    var file: String
    /// In bytes.
    var size: Int
    var sha256: String
    var format: String
    var at: Int64
    var by: String

    init(_ imported: RecordedImport) {
        file = imported.file.name
        size = imported.file.size
        sha256 = imported.file.digest
        format = imported.file.format
        at = imported.at.milliseconds
        by = imported.by
    }
}
