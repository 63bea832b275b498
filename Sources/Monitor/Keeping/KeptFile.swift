import Glibc

/// A small file beside the ledger that is kept open: what is written there gets there also when the directory was moved,
/// and into room that was reserved while there was some.
///
/// It is not for two threads at once.
struct KeptFile {
    private let path: String
    private var descriptor: Int32

    /// The file at `path`, made where it is missing. Where that cannot be done, ``restore()`` tries again.
    init(_ path: String) {
        self.path = path
        descriptor = Self.open(path)
    }

    /// Gives it up; a copy does not work any more either.
    mutating func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    private static func open(_ path: String) -> Int32 {
        // A pipe in its place would hold everything up.
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            if descriptor >= 0 { Glibc.close(descriptor) }
            return -1
        }
        return descriptor
    }

    /// Whether there is a file that can be written to.
    var isOpen: Bool { descriptor >= 0 }

    /// Has `size` bytes reserved, where that leaves at least seven times as much to everybody else. A file that is longer
    /// stays as it is.
    func reserve(_ size: Int64) {
        var system = statvfs()
        guard fstatvfs(descriptor, &system) == 0 else { return }
        let free = Int64(clamping: system.f_bavail).multipliedReportingOverflow(by: Int64(clamping: system.f_frsize))
        let part = free.overflow ? size : min(size, free.partialValue / 8)
        if part > 0 { posix_fallocate(descriptor, 0, off_t(part)) }
    }

    /// How long it is, in bytes; 0 where there is none.
    var size: Int64 {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
    }

    /// Up to `count` bytes from `offset` on; fewer at the end of the file, and where it cannot be read.
    func read(_ count: Int, at offset: Int64) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let part = bytes.withUnsafeMutableBytes {
                let rest = UnsafeMutableRawBufferPointer(rebasing: $0[done...])
                return pread(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
            }
            if part < 0, errno == EINTR { continue }
            guard part > 0 else { break }
            done += part
        }
        return Array(bytes.prefix(done))
    }

    /// The first `count` bytes of the file at `path`, also where it cannot be written to; fewer where there are fewer.
    static func beginning(_ count: Int, of path: String) -> [UInt8] {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return [] }
        defer { Glibc.close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: count)
        return Array(bytes.prefix(max(0, pread(descriptor, &bytes, count, 0))))
    }

    /// Writes `bytes` at `offset`, and has them on the disk; false where not all of them are.
    mutating func write(_ bytes: [UInt8], at offset: Int64) -> Bool {
        var done = 0
        while done < bytes.count {
            let part = bytes.withUnsafeBytes {
                let rest = UnsafeRawBufferPointer(rebasing: $0[done...])
                return pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
            }
            if part < 0, errno == EINTR { continue }
            guard part > 0 else { return false }
            done += part
        }
        return fdatasync(descriptor) == 0
    }

    /// Makes the file again where no directory names it any more: it would be gone with the process.
    ///
    /// - Returns: whether it was there; else it is empty now.
    mutating func restore() -> Bool {
        var status = stat()
        if descriptor >= 0, fstat(descriptor, &status) == 0, status.st_nlink > 0 { return true }
        close()
        descriptor = Self.open(path)
        return false
    }
}
