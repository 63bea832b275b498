import Intake
import SLA

/// Paid terms from the billing system's file, by service.
public struct TermsFile: Sendable {
    /// The terms of each service that the file names, in the order of the file.
    public let terms: [String: [BilledTerm]]
    /// How many records the file holds.
    public let recordCount: Int

    /// Reads the file at `path` (`-` is standard input), with the columns `service,from,to` and, optionally,
    /// `customer,price,plan`.
    ///
    /// - Parameter progress: called now and then with the share of the file that has been read, in percent.
    /// - Throws: ``InputFailure`` where the file cannot be read; `Diagnostics` naming every bad line.
    public init(path: String, catalog: Catalog, progress: (Int) -> Void = { _ in }) throws {
        let data = try InputFile.bytes(at: path)
        self = try data.withUnsafeBytes { try TermsFile($0, file: path, catalog: catalog, progress: progress) }
    }

    /// Reads the content of such a file that is called `file` in messages.
    public init(
        _ bytes: UnsafeRawBufferPointer, file: String, catalog: Catalog, progress: (Int) -> Void = { _ in }
    ) throws(Diagnostics) {
        var table = try Table(
            bytes, file: file, required: ["service", "from", "to"], optional: ["customer", "price", "plan"])
        var parser = TermsParser(catalog: catalog)
        var records = 0
        while table.next() {
            records += 1
            parser.read(&table)
            if records % 10_000 == 0 { progress(table.reader.bytesRead * 100 / max(1, bytes.count)) }
        }
        parser.finish(&table)
        terms = parser.terms.mapValues { $0.map(\.term) }
        recordCount = records
        try table.check()
    }
}
