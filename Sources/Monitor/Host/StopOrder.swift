import Synchronization

/// Whether the daemon is to stop: nothing that takes long is begun any more, nor waited for.
final class StopOrder: Sendable {
    private let flag = Atomic(false)

    /// Orders it.
    func order() { flag.store(true, ordering: .relaxed) }

    /// Whether it was ordered.
    var isOrdered: Bool { flag.load(ordering: .relaxed) }
}
