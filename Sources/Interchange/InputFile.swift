import Foundation
import Intake

/// Why a file of evidence could not be read at all.
public enum InputFailure: ClassifiedError, Sendable {
    /// There is no such file, or it may not be read.
    case missing(path: String, reason: String)
    /// Reading it failed half-way.
    case unreadable(path: String, reason: String)

    /// By what is the matter.
    public var exitClass: ExitClass {
        switch self {
        case .missing: .missingInput
        case .unreadable: .inputOutput
        }
    }

    /// What happened to which file.
    public var description: String {
        switch self {
        case .missing(let path, let reason), .unreadable(let path, let reason): "\(path): \(reason)"
        }
    }
}

/// A file of evidence, given by its path or as `-` for standard input.
enum InputFile {
    /// The bytes of the file at `path`; a regular file is mapped, not copied.
    static func bytes(at path: String) throws(InputFailure) -> Data {
        if path == "-" {
            return try reading(path) { try FileHandle.standardInput.readToEnd() ?? Data() }
        }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw .missing(path: path, reason: String(cString: strerror(errno)))
        }
        var status = stat()
        guard fstat(file.fileDescriptor, &status) == 0 else {
            throw .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            throw .unreadable(path: path, reason: "is a directory")
        case S_IFREG:
            return try reading(path) {
                try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
            }
        default:
            return try reading(path) { try file.readToEnd() ?? Data() }
        }
    }

    private static func reading(_ path: String, _ body: () throws -> Data) throws(InputFailure) -> Data {
        do {
            return try body()
        } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
    }
}
