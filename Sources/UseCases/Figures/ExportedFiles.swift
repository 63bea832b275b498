import Digests
import Reporting

/// The files of an export, in the order in which they were written.
struct ExportedFiles {
    private let folder: OutputFolder
    private(set) var all: [ExportDocument.File] = []

    init(_ folder: OutputFolder) { self.folder = folder }

    /// Writes `text`.
    ///
    /// - Parameter isTable: whether its lines, but the first, are records.
    mutating func write(_ name: String, isTable: Bool = true, _ text: String) throws {
        try write(name, isTable: isTable) { try $0.put(text) }
    }

    /// Writes what `body` puts into the file.
    mutating func write(_ name: String, isTable: Bool = true, _ body: (ExportedFile) throws -> Void) throws {
        let file = ExportedFile(try folder.file(name))
        try body(file)
        all.append(try file.finish(name, isTable: isTable))
    }

    /// Writes `SHA256SUMS`, as `sha256sum -c` reads it.
    func writeDigests() throws {
        let file = try folder.file("SHA256SUMS")
        for own in all { try file.put("\(own.digest)  \(own.name)\n") }
        try file.finish()
    }
}

/// A file of an export while it is written.
final class ExportedFile {
    private let file: OutputFile
    private var digest = Digest()
    private var size = 0
    private var rows = 0
    private var isQuoted = false

    init(_ file: OutputFile) { self.file = file }

    /// Goes on with `text`.
    func put(_ text: String) throws(OutputFailure) {
        let bytes = Array(text.utf8)
        digest.add(bytes)
        size += bytes.count
        // A line end between quotes ends no row.
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: "\n"), !isQuoted { rows += 1 }
        }
        try file.put(text)
    }

    /// What it holds at its end.
    func finish(_ name: String, isTable: Bool) throws(OutputFailure) -> ExportDocument.File {
        try file.finish()
        return ExportDocument.File(
            name: name, records: isTable ? max(0, rows - 1) : nil, size: size, digest: digest.text)
    }
}
