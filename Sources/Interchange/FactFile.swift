import Foundation
import Intake
import SLA

/// A file that is exclusions.csv or voids.csv, which its header tells.
public enum FactFile {
    /// Reads the file at `path` (`-` is standard input).
    ///
    /// - Throws: ``InputFailure`` where it cannot be read; `Diagnostics` naming every bad line.
    public static func facts(
        path: String, catalog: Catalog
    ) throws -> (exclusions: [Exclusion], corrections: [Correction]) {
        let data = try InputFile.bytes(at: path)
        return try data.withUnsafeBytes { bytes in
            hasKind(bytes)
                ? ([], try CorrectionFile.corrections(bytes, file: path, catalog: catalog))
                : (try ExclusionFile.exclusions(bytes, file: path, catalog: catalog), [])
        }
    }

    /// Whether the header has a column that voids.csv has, and exclusions.csv has not.
    private static func hasKind(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var reader = CSVReader(bytes)
        guard (try? reader.next()) == true else { return false }
        return (0..<reader.count).contains { reader.text($0) == "kind" }
    }
}
