import Foundation

/// Why a report could not be written. The file that was there before is as it was.
public struct OutputFailure: Error, Sendable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// What the system said.
    public let reason: String

    /// What happened to which file.
    public var description: String { "\(path): cannot be written: \(reason)" }
}

/// Files that are there whole or not at all.
public enum ReportFile {
    /// Writes `text` to `path` atomically: a temporary file beside it, fsync, rename, fsync of the directory.
    ///
    /// - Throws: ``OutputFailure``; the temporary file is gone then.
    public static func write(_ text: String, to path: String, mode: mode_t = 0o640) throws(OutputFailure) {
        let directory = (path as NSString).deletingLastPathComponent
        let temporary = "\(path).\(getpid()).tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure(path) }
        var isKept = false
        defer { if !isKept { unlink(temporary) } }
        do {
            defer { close(descriptor) }
            try writeAll(Array(text.utf8), to: descriptor, path: path)
            guard fsync(descriptor) == 0 else { throw failure(path) }
        }
        guard rename(temporary, path) == 0 else { throw failure(path) }
        isKept = true
        // Without this the rename itself may be lost with the power.
        let folder = open(directory.isEmpty ? "." : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure(path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure(path) }
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(OutputFailure) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Foundation.write(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure(path) }
            written += count
        }
    }

    private static func failure(_ path: String) -> OutputFailure {
        OutputFailure(path: path, reason: String(cString: strerror(errno)))
    }
}
