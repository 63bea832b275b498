import SLA
import Wording

@testable import SLA

extension MonitorWorld {
    /// What is wrong with the facts, each in a sentence.
    func brokenPromises() throws -> [String] {
        var faults: [String] = []
        if !waiting.isEmpty { faults.append("observations still wait") }
        let pairs: [(AlertEvent, AlertEvent)] = [
            (.serviceDown, .serviceUp), (.availabilityBelow, .availabilityRestored),
            (.measurementLost, .measurementRestored), (.maintenanceBegins, .maintenanceEnds),
        ]
        for (first, second) in pairs {
            let own = Dictionary(
                grouping: ledger.alerts.filter {
                    // A line for many is no alert of its own.
                    ($0.event == first || $0.event == second) && ($0.subject != "" || first == .measurementLost)
                }, by: \.subject)
            for (subject, alerts) in own {
                // What was below when its month ended is below for ever, and the next month begins without it.
                for alerts in Dictionary(grouping: alerts, by: { $0["month"]?.month }).values {
                    let expected = alerts.indices.map { $0 % 2 == 0 ? first : second }
                    if alerts.map(\.event) != expected { faults.append("\(subject): \(alerts.map(\.event))") }
                }
            }
        }
        let once: [AlertEvent] = [
            .exclusionNotAdmitted, .commitmentLost, .budgetConsumed, .handlingDue, .handlingOverdue,
        ]
        let said = ledger.alerts.filter { once.contains($0.event) }.map { alert in
            [alert.event.rawValue, alert.subject]
                + ["month", "threshold_percent", "deadline"].map { alert[$0]?.english(in: .utc) ?? "" }
        }
        if Set(said).count != said.count { faults.append("something was said twice") }
        for (service, own) in Dictionary(grouping: ledger.transitions, by: \.service) {
            for (before, after) in zip(own, own.dropFirst()) where before.state == after.state {
                faults.append("\(service) went from \(before.state) to \(after.state)")
            }
        }
        _ = try ledger.incidents()
        // A blindness that is over is recorded with its end, and the void without one does not stand beside it.
        let open = ledger.corrections.filter { Blindness(open: $0) != nil }
        if open.count != state.blind.count { faults.append("\(open.count) voids are open, not \(state.blind.count)") }
        return faults
    }
}
