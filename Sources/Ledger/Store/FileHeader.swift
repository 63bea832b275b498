import GRDB
import GRDBSQLite

/// The beginning of the database file as it is on the disk, whatever the log says.
///
/// It is read by SQLite's own descriptor: closing another one would give up the locks (see ``StateDirectory``).
struct FileHeader: Hashable {
    /// Grows whenever the first page is written, which is so at least whenever the file grows; it wraps around.
    private let changes: UInt32

    /// That of the file that `db` has open; nil where it is none of a ledger.
    init?(_ db: Database) {
        guard let connection = db.sqliteConnection else { return nil }
        var file: UnsafeMutablePointer<sqlite3_file>?
        var bytes = [UInt8](repeating: 0, count: Self.size)
        // The file belongs to the connection, which is open, and no pointer outlives this call.
        sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file)
        guard let file, file.pointee.pMethods?.pointee.xRead(file, &bytes, CInt(Self.size), 0) == SQLITE_OK,
            bytes.starts(with: Self.title), Self.number(bytes, at: 68) == UInt32(bitPattern: Schema.applicationID)
        else { return nil }
        changes = Self.number(bytes, at: 24)
    }

    /// Whether the file was so before it was as `other` says.
    func isOlder(than other: FileHeader) -> Bool { Int32(bitPattern: changes &- other.changes) < 0 }

    private static let size = 100
    private static let title = Array("SQLite format 3\0".utf8)

    private static func number(_ bytes: [UInt8], at offset: Int) -> UInt32 {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
