import Glibc

/// Notices when `/etc/resolv.conf` is another file than before: c-ares reads it only when a channel is made,
/// and a daemon outlives many changes of it.
struct ResolverFiles: Equatable {
    let inode: UInt64
    let size: Int64
    let seconds: Int64
    let nanoseconds: Int64

    /// The file as it is now; a missing one counts as a file of its own.
    static func current() -> ResolverFiles {
        var status = stat()
        guard stat("/etc/resolv.conf", &status) == 0 else {
            return ResolverFiles(inode: 0, size: -1, seconds: 0, nanoseconds: 0)
        }
        return ResolverFiles(
            inode: UInt64(status.st_ino), size: Int64(status.st_size), seconds: Int64(status.st_mtim.tv_sec),
            nanoseconds: Int64(status.st_mtim.tv_nsec))
    }
}
