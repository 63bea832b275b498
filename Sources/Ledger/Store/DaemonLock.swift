import Foundation

/// The lock that lets one daemon at a time have a ledger: an exclusive flock(2) on a file that says who holds
/// it. The kernel gives it up with the process, however that ends; the file stays.
final class DaemonLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, or throws ``LedgerError/locked(path:pid:)``.
    init(in directory: StateDirectory) throws {
        let descriptor = try directory.open(directory.lock, flags: O_RDWR)
        do {
            try Self.take(descriptor, in: directory)
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    deinit {
        // A process that is being started holds a copy of the descriptor until its exec: closing ours is not enough.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static func take(_ descriptor: Int32, in directory: StateDirectory) throws {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = SystemError.last
            if code == EINTR { continue }
            guard code == EWOULDBLOCK else { throw directory.failure(directory.lock, code) }
            throw LedgerError.locked(path: directory.lock, pid: holder(descriptor))
        }
        let pid = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, pid, pid.count, 0) == pid.count else {
            throw directory.failure(directory.lock, SystemError.last)
        }
    }

    /// The pid in the file; nil in the moment between taking the lock and writing it.
    private static func holder(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes[..<count], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
