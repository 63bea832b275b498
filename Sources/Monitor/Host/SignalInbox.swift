import Dispatch
import Glibc
import Synchronization

/// The signals that tell a daemon what to do, from the first moment of the process on.
///
/// Until somebody takes them there is nothing to finish, and a reload is under way anyway. There is one source for each
/// signal for the life of the process, since a second one for the same signal may take the first one's events with it
/// when it is cancelled.
public final class SignalInbox: Sendable {
    /// What a signal asks for.
    public enum Request: Sendable {
        /// SIGTERM, SIGINT.
        case stop
        /// SIGHUP.
        case reload
    }

    private let receiver = Mutex<(@Sendable (Request) -> Void)?>(nil)
    private let stopEarly: @Sendable () -> Void
    // Unsafe only to the compiler: written once, in init, before anybody else knows of this object.
    private nonisolated(unsafe) var sources: [any DispatchSourceSignal] = []

    /// Takes the signals over from the system.
    ///
    /// - Parameter stopEarly: called where a stop is asked for and nobody takes requests yet.
    public convenience init(stopEarly: @escaping @Sendable () -> Void) {
        // A peer that closes must end its own transfer, not the daemon.
        signal(SIGPIPE, SIG_IGN)
        self.init(of: [(SIGTERM, .stop), (SIGINT, .stop), (SIGHUP, .reload)], stopEarly: stopEarly)
    }

    /// An inbox of `signals`; of none, only ``deliver(_:)`` fills it.
    init(of signals: [(number: Int32, request: Request)], stopEarly: @escaping @Sendable () -> Void) {
        self.stopEarly = stopEarly
        sources = signals.map { number, request in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [weak self] in self?.deliver(request) }
            source.activate()
            return source
        }
    }

    /// Gives every request from now on to `receiver`; nil to take none any more.
    func deliver(to receiver: (@Sendable (Request) -> Void)?) {
        self.receiver.withLock { $0 = receiver }
    }

    /// Hands `request` on.
    func deliver(_ request: Request) {
        if let receiver = receiver.withLock({ $0 }) {
            receiver(request)
        } else if case .stop = request {
            stopEarly()
        }
    }
}
