import Digests
import Foundation
import Intake
import SLA

/// A folder that `availd export` wrote, by its `export.json`: what a replay needs that no file of it says.
public struct ExportFolder: Sendable {
    /// The month that it is of.
    public let month: CivilMonth
    /// The instant up to which things were known.
    public let asOf: Instant
    private let path: String
    private let files: [Manifest.File]

    private static let manifest = "export.json"

    private struct Manifest: Decodable {
        let schema: String
        let month: String
        let asOfMs: Int64
        let files: [File]

        struct File: Decodable {
            let name: String
            let sha256: String
        }
    }

    /// Reads the folder at `path`.
    ///
    /// - Throws: ``InputFailure`` where there is no `export.json` that can be read; `Refusal` where it is none.
    public init(path: String) throws {
        self.path = path
        let file = path + "/" + Self.manifest
        let data = try InputFile.bytes(at: file)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let manifest = try? decoder.decode(Manifest.self, from: data),
            manifest.schema == "availd/export/1", let month = CivilMonth(manifest.month)
        else {
            throw Refusal(
                "\(file): found something else, expected what availd export wrote, of the schema availd/export/1")
        }
        self.month = month
        asOf = Instant(milliseconds: manifest.asOfMs)
        files = manifest.files
    }

    /// The path of the file `name`; nil where the folder does not list it.
    public func file(_ name: String) -> String? {
        files.contains { $0.name == name } ? path + "/" + name : nil
    }

    /// The files that are not as they were exported.
    ///
    /// - Throws: ``InputFailure`` where one cannot be read.
    public func changed() throws(InputFailure) -> [String] {
        var changed: [String] = []
        for file in files {
            let data = try InputFile.bytes(at: path + "/" + file.name)
            if data.withUnsafeBytes({ Digest.text(of: $0) }) != file.sha256 { changed.append(path + "/" + file.name) }
        }
        return changed
    }
}
