extension RecordedImport {
    /// The import of the same content that was interrupted and goes on under its number; nil where `file` is another.
    ///
    /// - Parameter imports: all that are recorded, in the order in which they began.
    public static func unfinished(_ file: ImportedFile, among imports: [RecordedImport]) -> RecordedImport? {
        let last = imports.last {
            $0.completedAt == nil && $0.file.digest == file.digest && $0.file.format == file.format
        }
        // With another map it is another import.
        return last.flatMap { $0.file.sources == file.sources ? $0 : nil }
    }
}

extension ImportedFile {
    /// Which series was taken for which check.
    fileprivate var sources: Set<[String]> {
        Set(series.map { [$0.source, $0.check.service, $0.check.check] })
    }
}
