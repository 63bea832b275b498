import Logging
import SLA
import Wording

/// Says in the log what a configuration changes.
struct ChangeLog {
    /// How many lines are written at the most.
    private static let mostLines = 20

    let log: Logger
    let zone: TimeZoneRules

    /// Writes a line for each of `changes`, and how many there are besides.
    func write(_ changes: [CatalogChange]) {
        for change in changes.prefix(Self.mostLines) { log.notice("changed: \(change.english(in: zone))") }
        let left = changes.count - Self.mostLines
        if left > 0 { log.notice("changed: \(left) more; availd rules list says how each check is measured") }
    }
}
