import Foundation

/// The reports that are written.
enum ReportNames {
    /// The names in `folder`, sorted; none where there is no such folder.
    static func inFolder(_ folder: String) throws -> [String] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }
}
