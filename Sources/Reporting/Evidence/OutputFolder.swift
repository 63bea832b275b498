import Foundation
import Glibc
import Platform

/// A folder of files that is there whole or not at all: it is filled under another name, and gets its own at the end.
public final class OutputFolder {
    /// Where it will be.
    public let path: String
    private let temporary: String
    private var isKept = false

    /// Begins the folder that will be at `path`, where nothing is yet, or an empty folder.
    ///
    /// - Throws: ``OutputFailure``.
    public init(path: String) throws(OutputFailure) {
        let trimmed = path.utf8.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        self.path = trimmed
        temporary = "\(trimmed).\(String(UInt64.random(in: 0...UInt64.max), radix: 36))\(ReportFile.temporarySuffix)"
        // Said before the work, not after it.
        if let entries = try? FileManager.default.contentsOfDirectory(atPath: trimmed) {
            if !entries.isEmpty { throw OutputFailure(path: trimmed, errno: ENOTEMPTY) }
        } else if access(trimmed, F_OK) == 0 {
            throw OutputFailure(path: trimmed, errno: ENOTDIR)
        }
        if mkdir(temporary, 0o750) != 0 { throw OutputFailure(path: trimmed, errno: errno) }
    }

    deinit {
        if !isKept { try? FileManager.default.removeItem(atPath: temporary) }
    }

    /// A new file called `name` in it.
    ///
    /// - Throws: ``OutputFailure``.
    public func file(_ name: String) throws(OutputFailure) -> OutputFile {
        try OutputFile(temporary + "/" + name, shown: path + "/" + name)
    }

    /// Gives it its name.
    ///
    /// - Throws: ``OutputFailure``; nothing is then left of it.
    public func keep() throws(OutputFailure) {
        guard rename(temporary, path) == 0 else { throw OutputFailure(path: path, errno: errno) }
        isKept = true
        try ReportFile.syncFolder(of: path)
    }
}

/// A file that is written piece by piece.
public final class OutputFile {
    private let shown: String
    private let descriptor: Int32
    /// Pieces are short, and a call to the system for each is not.
    private var pending = ""

    /// Makes the file at `path`, which messages call `shown`.
    fileprivate init(_ path: String, shown: String) throws(OutputFailure) {
        self.shown = shown
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw OutputFailure(path: shown, errno: errno) }
    }

    deinit { close(descriptor) }

    /// Goes on with `text`.
    ///
    /// - Throws: ``OutputFailure``.
    public func put(_ text: String) throws(OutputFailure) {
        pending += text
        if pending.utf8.count >= 1 << 16 { try flush() }
    }

    /// Makes sure that all of it is there after a loss of power.
    ///
    /// - Throws: ``OutputFailure``.
    public func finish() throws(OutputFailure) {
        try flush()
        guard fsync(descriptor) == 0 else { throw OutputFailure(path: shown, errno: errno) }
    }

    private func flush() throws(OutputFailure) {
        let number = writeFully(pending, to: descriptor)
        if number != 0 { throw OutputFailure(path: shown, errno: number) }
        pending = ""
    }
}
