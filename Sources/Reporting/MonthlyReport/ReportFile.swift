import Glibc
import Intake
import Platform
import SLA

/// Why a report could not be written. The file that was there before is as it was.
public struct OutputFailure: ClassifiedError, Sendable {
    /// The file.
    public let path: String
    /// What the system said.
    public let reason: String

    /// A failure that the system explained by `number`.
    public init(path: String, errno number: Int32) {
        self.path = path
        reason = String(cString: strerror(number))
    }

    /// The output cannot be created.
    public var exitClass: ExitClass { .cannotCreate }

    /// What happened to which file.
    public var description: String { "\(path): cannot be written: \(reason)" }
}

/// Files that are there whole or not at all.
public enum ReportFile {
    /// What the name of a file ends in while it is being written.
    public static let temporarySuffix = ".tmp"

    /// The instant as of which the monthly report at `path` was made: the last cell of its last row; nil where it cannot
    /// be read, or is no report.
    public static func asOf(_ path: String) -> Instant? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let length = lseek(descriptor, 0, SEEK_END)
        guard length > 0, lseek(descriptor, max(0, length - 64), SEEK_SET) >= 0 else { return nil }
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let cell = String(decoding: bytes[..<count], as: UTF8.self).split(separator: ",").last
        return cell.flatMap { InstantText.instant($0.split { $0.isNewline }.joined()) }
    }

    /// Writes `text` to `path`: a file atomically (a temporary one beside it, fsync, rename, fsync of the directory),
    /// through symbolic links; a device or a pipe as it is.
    ///
    /// - Parameters:
    ///   - isPublic: whether everybody may read the file, whatever the mask of the process.
    ///   - owned: a file or a folder to whose owner the file belongs where root writes it; nil for root.
    /// - Throws: ``OutputFailure``; the temporary file is gone then.
    public static func write(
        _ text: String, to path: String, isPublic: Bool = false, asOwnerOf owned: String? = nil
    ) throws(OutputFailure) {
        var status = stat()
        let isThere = stat(path, &status) == 0
        guard isThere, status.st_mode & S_IFMT != S_IFREG else {
            return try replace(isThere ? resolved(path) : path, by: text, isPublic: isPublic, asOwnerOf: owned)
        }
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw OutputFailure(path: path, errno: errno) }
        defer { close(descriptor) }
        try fill(descriptor, with: text, path: path)
    }

    /// Gives what root has made at `path` to the owner of `owned`.
    ///
    /// - Throws: ``OutputFailure``.
    public static func own(_ path: String, asOwnerOf owned: String) throws(OutputFailure) {
        guard geteuid() == 0 else { return }
        var owner = stat()
        guard stat(owned, &owner) == 0, chown(path, owner.st_uid, owner.st_gid) == 0 else {
            throw OutputFailure(path: path, errno: errno)
        }
    }

    private static func replace(
        _ path: String, by text: String, isPublic: Bool, asOwnerOf owned: String?
    ) throws(OutputFailure) {
        // A name of its own each time: one that a crash left behind is in nobody's way.
        let temporary = "\(path).\(String(UInt64.random(in: 0...UInt64.max), radix: 36))\(temporarySuffix)"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw OutputFailure(path: path, errno: errno) }
        var isKept = false
        defer { if !isKept { unlink(temporary) } }
        do {
            defer { close(descriptor) }
            try fill(descriptor, with: text, path: path)
            if let owned { try own(temporary, asOwnerOf: owned) }
            if isPublic, fchmod(descriptor, 0o644) != 0 { throw OutputFailure(path: path, errno: errno) }
            guard fsync(descriptor) == 0 else { throw OutputFailure(path: path, errno: errno) }
        }
        guard rename(temporary, path) == 0 else { throw OutputFailure(path: path, errno: errno) }
        isKept = true
        try syncFolder(of: path)
    }

    /// Makes sure that what was renamed to `path` is there after a loss of power.
    static func syncFolder(of path: String) throws(OutputFailure) {
        let folder = open(directory(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw OutputFailure(path: path, errno: errno) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw OutputFailure(path: path, errno: errno) }
    }

    private static func fill(_ descriptor: Int32, with text: String, path: String) throws(OutputFailure) {
        let number = writeFully(text, to: descriptor)
        if number != 0 { throw OutputFailure(path: path, errno: number) }
    }

    /// The file that `path` leads to.
    private static func resolved(_ path: String) throws(OutputFailure) -> String {
        guard let real = realpath(path, nil) else { throw OutputFailure(path: path, errno: errno) }
        defer { free(real) }
        return String(cString: real)
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
