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

/// The version of this program.
public enum AvaildVersion {
    /// As `--version` prints it.
    public static let text = "0.1.0"
}
