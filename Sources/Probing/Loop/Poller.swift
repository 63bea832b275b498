import CShims
import Glibc
import SLA

/// One epoll descriptor for all sockets of the engine. Its own descriptor becomes readable when any of them is
/// ready, so a single Dispatch source watches it.
///
/// A batch of events may close a descriptor and open another of the same number before its own event comes
/// up. So each event carries the generation of what it was registered for, and a stale one is dropped.
///
/// A transfer whose peer sends byte by byte would be ready all the time. After as many events as no good answer
/// needs, its socket rests a while after each, so that what comes meanwhile is read at once.
final class Poller {
    /// Whose socket it is.
    enum Owner {
        case curl, connector, resolver
    }

    struct Event {
        let descriptor: Int32
        let owner: Owner
        let readable: Bool
        let writable: Bool
        let failed: Bool
    }

    private struct Entry {
        var generation: UInt32 = 0
        var interest: UInt32 = 0
        var owner = Owner.curl
        var events = 0
        var isResting = false
    }

    /// After how many events a socket of a transfer rests between them: a body of the length that is read comes in
    /// fewer.
    private static let busyAfter = 1500
    /// How long it rests, in ms.
    private static let rest: Milliseconds = 10

    let descriptor: Int32
    private var entries: [Entry] = []
    private var generation: UInt32 = 0
    private var resting = Fifo<(socket: Int32, generation: UInt32, until: MonotonicInstant)>()
    private let capacity: Int32 = 256
    // Allocated in init, freed in deinit, and never given to anybody but epoll_wait.
    private let buffer: UnsafeMutablePointer<epoll_event>

    init() throws(ProbeEngineError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw .system("epoll_create1", errno) }
        buffer = .allocate(capacity: Int(capacity))
    }

    deinit {
        buffer.deallocate()
        close(descriptor)
    }

    /// Watches `socket` for what is asked, anew or in another way; for nothing at all it is forgotten.
    ///
    /// - Returns: false where the kernel refuses, for want of memory or watches.
    @discardableResult
    func watch(_ socket: Int32, owner: Owner, reading: Bool, writing: Bool) -> Bool {
        guard socket >= 0 else { return false }
        guard reading || writing else {
            forget(socket)
            return true
        }
        let index = Int(socket)
        if index >= entries.count {
            entries.append(contentsOf: repeatElement(Entry(), count: index + 1 - entries.count))
        }
        let interest = (reading ? EPOLLIN.rawValue : 0) | (writing ? EPOLLOUT.rawValue : 0)
        let isNew = entries[index].interest == 0
        if isNew {
            generation &+= 1
            entries[index].generation = generation
            entries[index].events = 0
            entries[index].isResting = false
        }
        entries[index].interest = interest
        entries[index].owner = owner
        if entries[index].isResting || register(socket, isNew: isNew) { return true }
        entries[index].interest = 0
        return false
    }

    /// Tells the kernel what is asked of `socket`.
    private func register(_ socket: Int32, isNew: Bool) -> Bool {
        let index = Int(socket)
        var event = epoll_event()
        event.events = entries[index].interest
        event.data.u64 = UInt64(entries[index].generation) << 32 | UInt64(UInt32(bitPattern: socket))
        if epoll_ctl(descriptor, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event) == 0 { return true }
        // A socket closed before it was forgotten has left epoll by itself, and one reopened under its number
        // is new there: the other verb is right then.
        let other = errno == EEXIST ? EPOLL_CTL_MOD : EPOLL_CTL_ADD
        return epoll_ctl(descriptor, other, socket, &event) == 0
    }

    /// Watches `socket` no more.
    func forget(_ socket: Int32) {
        guard socket >= 0, Int(socket) < entries.count, entries[Int(socket)].interest != 0 else { return }
        entries[Int(socket)].interest = 0
        if entries[Int(socket)].isResting { return }
        // It may be closed already, and has left epoll with that.
        epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, nil)
    }

    /// When the first socket has rested; nil where none rests.
    var due: MonotonicInstant? { resting.first?.until }

    /// Calls `body` with each event there is at `now`; `body` may watch and forget.
    func drain(_ now: MonotonicInstant, _ body: (Event) -> Void) {
        wakeRested(now)
        var count = capacity
        // What is ready now fits in a few rounds; the bound keeps a peer that is always ready from holding on.
        for _ in 0..<16 where count == capacity {
            count = epoll_wait(descriptor, buffer, capacity, 0)
            for index in 0..<Int(max(count, 0)) {
                let (flags, tag) = (buffer[index].events, buffer[index].data.u64)
                let socket = Int32(bitPattern: UInt32(truncatingIfNeeded: tag))
                let entry = entries[Int(socket)]
                guard entry.interest != 0, entry.generation == UInt32(tag >> 32) else { continue }
                let failed = flags & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
                body(
                    Event(
                        descriptor: socket, owner: entry.owner, readable: flags & EPOLLIN.rawValue != 0,
                        writable: flags & EPOLLOUT.rawValue != 0, failed: failed))
                countEvent(socket, entry.generation, now)
            }
        }
    }

    private func countEvent(_ socket: Int32, _ generation: UInt32, _ now: MonotonicInstant) {
        let index = Int(socket)
        let isSame = entries[index].interest != 0 && entries[index].generation == generation
        guard isSame, entries[index].owner == .curl else { return }
        entries[index].events += 1
        guard entries[index].events > Self.busyAfter else { return }
        epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, nil)
        entries[index].isResting = true
        resting.append((socket, generation, now + Self.rest))
    }

    private func wakeRested(_ now: MonotonicInstant) {
        while let first = resting.first, first.until <= now {
            _ = resting.popFirst()
            let entry = entries[Int(first.socket)]
            guard entry.interest != 0, entry.generation == first.generation, entry.isResting else { continue }
            // Where the kernel has no room for it now, it rests once more.
            if register(first.socket, isNew: true) {
                entries[Int(first.socket)].isResting = false
            } else {
                resting.append((first.socket, first.generation, now + Self.rest))
            }
        }
    }
}
