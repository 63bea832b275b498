import Ledger
import SLA

extension LedgerLoss {
    /// What is recorded of it: an event, and a void where it is known of which time samples are missing.
    ///
    /// - Parameter longest: the longest timeout of any check.
    func facts(by event: DaemonEvent, longest: Milliseconds) -> [Fact] {
        var behind = event
        behind.kind = .ledgerBehind
        behind.text = "\(self)"
        return [.daemonEvent(behind)] + (void(longest: longest, at: event.at).map { [.correction($0)] } ?? [])
    }
}
