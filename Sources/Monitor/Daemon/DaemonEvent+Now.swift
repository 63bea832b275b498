import Glibc
import Ledger
import Platform
import SLA

extension DaemonEvent {
    /// Something that happens to this process at this moment, or at `instant`.
    static func now(_ kind: Kind, at instant: Instant = SystemClock.wall(), text: String = "") -> DaemonEvent {
        DaemonEvent(kind: kind, at: instant, pid: getpid(), version: AvaildVersion.text, text: text)
    }
}
