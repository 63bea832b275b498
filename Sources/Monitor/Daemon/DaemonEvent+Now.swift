import Glibc
import Ledger
import Platform
import SLA

extension DaemonEvent {
    /// Something that happens to this process at `instant`.
    static func now(_ kind: Kind, at instant: Instant, text: String = "") -> DaemonEvent {
        DaemonEvent(kind: kind, at: instant, pid: getpid(), version: AvaildVersion.text, text: text)
    }

    /// Something that happens to it at this moment, by `clock` where that is believed.
    static func now(_ kind: Kind, by clock: PassClock, text: String = "") -> DaemonEvent {
        now(kind, at: clock.now().recordedAt, text: text)
    }
}
