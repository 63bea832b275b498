import CSQLite
import GRDB
import GRDBSQLite

/// Where the write-ahead log ends by its index, which all programs that have the ledger open share: what its file must
/// have.
///
/// SQLite believes the index, and moves into the database what stands at the places that it names, whatever that is.
struct LogEnd: Equatable {
    /// What stands in the log's file.
    enum Finding: Hashable {
        /// What the index says.
        case sound
        /// Fewer bytes than that.
        case cut(from: Int64, to: Int64)
        /// The log of another time, which was begun before or behind this one.
        case another
        /// Something else.
        case overwritten
    }

    /// How many frames count.
    private let frames: Int64
    private let pageSize: Int64
    /// What tells this log from those that began before it or after it in the same file.
    private let salt: [UInt8]
    /// The checksum of the last frame, over all that are before it.
    private let checksum: [UInt8]

    private static let headerSize: Int64 = 32
    private static let frameHeaderSize: Int64 = 24
    /// How a log begins whose checksums are of numbers that begin with their least byte, and of others.
    private static let titles: [[UInt8]] = [[0x37, 0x7f, 0x06, 0x82], [0x37, 0x7f, 0x06, 0x83]]

    /// That of the log that `db` has open; nil where none is known: SQLite then makes the index of the log.
    init?(_ db: Database) {
        guard let connection = db.sqliteConnection, LogFile(db) != nil else { return nil }
        var end = availd_sqlite_log_end()
        guard availd_sqlite_get_log_end(UnsafeMutableRawPointer(connection), &end) == 1 else { return nil }
        frames = Int64(end.frames)
        pageSize = Int64(end.page_size)
        salt = withUnsafeBytes(of: end.salt, Array.init)
        checksum = [end.checksum.0, end.checksum.1].flatMap { withUnsafeBytes(of: $0.bigEndian, Array.init) }
    }

    /// Whether nothing of the log counts: all of it is in the database.
    private var isEmpty: Bool { frames == 0 }

    private var length: Int64 { Self.headerSize + frames * (Self.frameHeaderSize + pageSize) }

    /// Holds `file` against it, and against what was its end `before`: where the file was cut between a look and a
    /// commit, the hole lies there.
    private func finding(_ file: LogFile, before: LogEnd?) -> Finding {
        if isEmpty { return .sound }
        let header = file.read(Self.headerSize, at: 0) ?? []
        let isLog = Self.titles.contains { header.starts(with: $0) }
        if isLog, Array(header[16..<24]) != salt { return .another }
        if let found = file.length, found < length { return .cut(from: length, to: found) }
        guard isLog, isLast(in: file) else { return .overwritten }
        if let before, before.salt == salt, before.frames <= frames, !before.isLast(in: file) { return .overwritten }
        return .sound
    }

    /// Whether its last frame stands in its place: what its checksum says, beginning with that of the one before.
    private func isLast(in file: LogFile) -> Bool {
        if isEmpty { return true }
        let place = length - Self.frameHeaderSize - pageSize
        let before = frames == 1 ? Self.headerSize : place - pageSize
        guard let frame = file.read(Self.frameHeaderSize + pageSize, at: place),
            let title = file.read(4, at: 0), let sum = file.read(8, at: before - 8),
            Array(frame[8..<24]) == salt + checksum
        else { return false }
        let numbers = frame[..<8] + frame[24...]
        return checksum == Self.checksum(of: Array(numbers), from: sum, isBigEndian: title == Self.titles[1])
    }

    /// SQLite's checksum of `bytes`, which are whole pairs of numbers, after what has the checksum `sum`.
    private static func checksum(of bytes: [UInt8], from sum: [UInt8], isBigEndian: Bool) -> [UInt8] {
        func number(_ bytes: UnsafeRawBufferPointer, _ offset: Int, isBigEndian: Bool) -> UInt32 {
            let number = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
            return isBigEndian ? UInt32(bigEndian: number) : UInt32(littleEndian: number)
        }
        var (first, second) = sum.withUnsafeBytes {
            (number($0, 0, isBigEndian: true), number($0, 4, isBigEndian: true))
        }
        bytes.withUnsafeBytes { bytes in
            for offset in stride(from: 0, to: bytes.count, by: 8) {
                first &+= number(bytes, offset, isBigEndian: isBigEndian) &+ second
                second &+= number(bytes, offset + 4, isBigEndian: isBigEndian) &+ first
            }
        }
        return [first, second].flatMap { withUnsafeBytes(of: $0.bigEndian, Array.init) }
    }

    /// Holds the log of `db` against its index, and sets `last` to its end where it is sound.
    ///
    /// It reads two frames at the most. Another program may write meanwhile: then it is looked at once more.
    static func check(_ db: Database, last: inout LogEnd?) -> Finding {
        guard let file = LogFile(db) else { return .sound }
        for _ in 0..<8 {
            guard let end = LogEnd(db) else { return .sound }
            let finding = end.finding(file, before: last)
            guard finding == .sound || LogEnd(db) == end else { continue }
            if finding == .sound { last = end }
            return finding
        }
        return .sound
    }
}

/// The log's file, by SQLite's own descriptor: see ``FileHeader``.
private struct LogFile {
    private let file: UnsafeMutablePointer<sqlite3_file>

    /// That of `db`, which is to outlive it; nil where it has none.
    init?(_ db: Database) {
        guard let connection = db.sqliteConnection else { return nil }
        var file: UnsafeMutablePointer<sqlite3_file>?
        sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file)
        guard let file, file.pointee.pMethods != nil else { return nil }
        self.file = file
    }

    /// How long it is, in bytes; nil where that cannot be found out.
    var length: Int64? {
        var length: sqlite3_int64 = 0
        return file.pointee.pMethods.pointee.xFileSize(file, &length) == SQLITE_OK ? length : nil
    }

    /// `count` bytes from `offset` on; nil where not all of them are there.
    func read(_ count: Int64, at offset: Int64) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: Int(count))
        return file.pointee.pMethods.pointee.xRead(file, &bytes, CInt(count), offset) == SQLITE_OK ? bytes : nil
    }
}
