import Glibc
import Ledger
import Platform
import SLA

extension DaemonEvent {
    /// Something that happens to this process at this moment.
    static func now(_ kind: Kind, text: String = "") -> DaemonEvent {
        DaemonEvent(kind: kind, at: SystemClock.wall(), pid: getpid(), version: AvaildVersion.text, text: text)
    }
}
