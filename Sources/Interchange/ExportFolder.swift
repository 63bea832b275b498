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
    private let names: Set<String>

    private static let manifest = "export.json"

    private struct Manifest: Decodable {
        let schema: String
        let month: String
        let asOfMs: Int64
        let files: [File]

        struct File: Decodable {
            let name: String
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
            manifest.schema == "availd/export/1", let month = CivilMonth(manifest.month),
            let asOf = InstantText.instant(String(manifest.asOfMs))
        else {
            throw Refusal(
                "\(file): found something else, expected what availd export wrote, of the schema availd/export/1")
        }
        self.month = month
        self.asOf = asOf
        names = Set(manifest.files.map(\.name))
    }

    /// The path of the file `name`; nil where the folder does not list it.
    public func file(_ name: String) -> String? { names.contains(name) ? path + "/" + name : nil }

    /// The path of the file `name`.
    ///
    /// - Throws: `Refusal` where the folder does not list it.
    public func required(_ name: String) throws(Refusal) -> String {
        guard let file = file(name) else {
            throw Refusal("\(path)/\(Self.manifest): files: \(name) is not listed, expected it among them")
        }
        return file
    }

    /// The files that are not as they were exported, by `SHA256SUMS`.
    ///
    /// - Throws: ``InputFailure`` where one cannot be read.
    public func changed() throws(InputFailure) -> [String] {
        let sums = try InputFile.bytes(at: path + "/SHA256SUMS")
        var changed: [String] = []
        for line in String(decoding: sums, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: " ", omittingEmptySubsequences: true)
            // What lies elsewhere is no file of the folder.
            guard parts.count == 2, !parts[1].contains("/") else { continue }
            let file = path + "/" + parts[1]
            let data = try InputFile.bytes(at: file)
            if data.withUnsafeBytes({ Digest.text(of: $0) }) != parts[0] { changed.append(file) }
        }
        return changed
    }
}
