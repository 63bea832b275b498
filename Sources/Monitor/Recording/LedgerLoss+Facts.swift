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
        let void = missing(longest: longest).map { interval in
            Fact.correction(
                Correction(
                    kind: .void, scope: [.services(.all)], interval: interval,
                    reason: "samples of this time are missing in the ledger: \(self)", recordedAt: event.at,
                    recordedBy: Correction.daemon))
        }
        return [.daemonEvent(behind)] + (void.map { [$0] } ?? [])
    }
}
