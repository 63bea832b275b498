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
            var own: [String: [(offset: Int, element: Alert)]] = [:]
            for (offset, alert) in ledger.alerts.enumerated() where alert.event == first || alert.event == second {
                // A line for many is no alert of its own.
                if alert.subject.isEmpty, first != .measurementLost { continue }
                own[alert.subject, default: []].append((offset, alert))
            }
            for (subject, alerts) in own {
                // What was below when its month ended is below for ever, and the next month begins without it.
                for alerts in Dictionary(grouping: alerts, by: { $0.element["month"]?.month }).values {
                    let isByTheClock = first == .availabilityBelow || first == .maintenanceBegins
                    let kept = isByTheClock ? withoutTakenBack(alerts) : alerts.map(\.element)
                    let expected = kept.indices.map { $0 % 2 == 0 ? first : second }
                    if kept.map(\.event) != expected { faults.append("\(subject): \(alerts.map(\.element.event))") }
                }
            }
        }
        let once: [AlertEvent] = [
            .exclusionNotAdmitted, .commitmentLost, .budgetConsumed, .handlingDue, .handlingOverdue,
            .flapping,
        ]
        var said: [[String]: [(offset: Int, element: Alert)]] = [:]
        for (offset, alert) in ledger.alerts.enumerated() where once.contains(alert.event) {
            let told = ["month", "threshold_percent", "deadline", "day"].map { key in
                alert[key]?.english(in: .utc) ?? ""
            }
            said[[alert.event.rawValue, alert.subject] + told, default: []].append((offset, alert))
        }
        for (alert, times) in said where withoutTakenBack(times).count > 1 { faults.append("\(alert) was said twice") }
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

    /// Those of `alerts` that are not followed by the same one after the clock was set back to before they were said.
    private func withoutTakenBack(_ alerts: [(offset: Int, element: Alert)]) -> [Alert] {
        alerts.indices.compactMap { index in
            let (offset, alert) = alerts[index]
            guard index + 1 < alerts.count, alerts[index + 1].element.event == alert.event else { return alert }
            let steps = setBacks.filter { $0.said > offset && $0.said <= alerts[index + 1].offset }
            return steps.contains { alert.at.isToCome(at: $0.to) } ? nil : alert
        }
    }
}
