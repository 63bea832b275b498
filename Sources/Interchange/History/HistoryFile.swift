import Digests
import Foundation
import Intake
import SLA

/// A file of samples from the past, of whichever format.
public struct HistoryFile: Sendable {
    /// The path it was given by; `-` is standard input.
    public let path: String
    private let data: Data

    /// Takes the file at `path`; a regular file is mapped, not copied.
    ///
    /// - Throws: ``InputFailure`` where it cannot be read.
    public init(path: String) throws(InputFailure) {
        self.path = path
        data = try InputFile.bytes(at: path)
    }

    /// Its size in bytes.
    public var size: Int { data.count }

    /// Its SHA-256 in hexadecimal, as `sha256sum` prints it.
    public var digest: String { data.withUnsafeBytes { Digest.text(of: $0) } }

    /// What it says about the checks of `catalog`.
    ///
    /// - Parameters:
    ///   - format: how it is read; nil tells by its content.
    ///   - map: which foreign series is which check; nil takes those that have a service's identifier or a check's
    ///     address for a name.
    ///   - progress: called now and then with the share that has been read, in percent.
    /// - Throws: `Diagnostics` naming every bad line.
    public func history(
        as format: HistoryFormat? = nil, map: SeriesMap? = nil, catalog: Catalog, progress: (Int) -> Void = { _ in }
    ) throws(Diagnostics) -> History {
        let history = data.withUnsafeBytes { bytes in
            Result { () throws(Diagnostics) in
                try Self.history(bytes, file: path, as: format, map: map, catalog: catalog, progress: progress)
            }
        }
        return try history.get()
    }

    /// The same, of the content of a file that is called `file` in messages.
    public static func history(
        _ bytes: UnsafeRawBufferPointer, file: String, as format: HistoryFormat? = nil, map: SeriesMap? = nil,
        catalog: Catalog, progress: (Int) -> Void = { _ in }
    ) throws(Diagnostics) -> History {
        guard let format = format ?? HistoryFormat(detecting: bytes) else {
            let names = HistoryFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw Diagnostics([
                Diagnostic(file: file, message: "cannot tell what it is; say which format of \(names) it has")
            ])
        }
        let names = SeriesNames(catalog: catalog, map: map)
        switch format {
        case .availd:
            return try SampleFile.history(bytes, file: file, catalog: catalog, progress: progress)
        case .prometheus:
            return try PrometheusReader(file: file, names: names).history(bytes, progress)
        case .uptimeKuma:
            return try KumaReader(file: file, names: names).history(bytes, progress)
        case .nagios:
            return try NagiosReader(file: file, catalog: catalog, names: names).history(bytes, progress)
        }
    }
}
