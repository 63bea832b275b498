import Logging
import SLA

/// What was found to be damaged of the samples that wait, until it is recorded.
struct UnrecordedDamage {
    /// What it is, when it was found, and when the first sample was taken that is neither recorded nor in the file.
    private var found: [(damage: SpillDamage, event: DaemonEvent, end: Instant)] = []

    /// Takes `damages` up, which were found at `event`, before what is `pending`, and says them.
    mutating func add(
        _ damages: [SpillDamage], _ event: DaemonEvent, before pending: PendingObservations, _ log: Logger
    ) {
        for damage in damages {
            log.error("\(damage.text)")
            found.append((damage, event, min(event.at, pending.unkept.map(\.sample.at).min() ?? event.at)))
        }
    }

    /// What is recorded of it, once; none as long as `ledger` cannot be read.
    mutating func takeFacts(_ ledger: any MonitorLedger) -> [Fact] {
        guard !found.isEmpty,
            let (known, recorded) = try? ledger.read({
                (try $0.daemonEvents(of: .spillDamaged).map(\.text), try $0.position().lastAt)
            })
        else { return [] }
        defer { found = [] }
        return found.flatMap { damage, event, end in
            damage.facts(by: event, after: recorded, until: end, isKnown: known.contains)
        }
    }
}
