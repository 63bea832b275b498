import Platform
import SLA

/// Work on a queue of its own: what is asked of it is done one after the other, and a timer asks it to take a turn.
///
/// The work itself is a plain value or object that knows neither queue nor timer, so that a test can drive it.
actor Worker<Work> {
    private let queue: SerialQueue
    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    private var work: Work
    private var timer: QueueTimer?
    private var turn: (@Sendable (inout Work) -> Bool)?

    /// `work`, on a queue called `label` in debuggers and traces.
    init(_ label: String, _ work: sending Work) {
        queue = SerialQueue(label: label)
        self.work = work
    }

    /// Has `body` done.
    func perform<Result: Sendable>(_ body: @Sendable (inout Work) throws -> Result) rethrows -> Result {
        try body(&work)
    }

    /// Takes a turn now and then every `interval` ms, up to `leeway` ms late, until ``stop()``.
    ///
    /// - Parameter turn: whether there is more to do: the next turn then follows at once, after whatever else waits.
    func start(every interval: Milliseconds, leeway: Milliseconds, _ turn: @escaping @Sendable (inout Work) -> Bool) {
        self.turn = turn
        let timer = QueueTimer(on: queue) { [weak self] in self?.assumeIsolated { $0.takeTurn() } }
        self.timer = timer
        timer.fire(every: interval, leeway: leeway)
    }

    /// Takes no turn any more.
    func stop() {
        timer?.cancel()
        timer = nil
        turn = nil
    }

    private func takeTurn() {
        guard let turn, turn(&work) else { return }
        queue.queue.async { [weak self] in self?.assumeIsolated { $0.takeTurn() } }
    }
}
