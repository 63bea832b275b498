import SLA
import Wording

/// `samples.csv`, a row for each probe.
public enum SampleRows {
    /// The header.
    public static let header = CSVWriter.record([
        "at", "service", "check", "state", "latency_ms", "cause", "family", "pass", "pass_ends",
    ])

    /// The row of `observation`.
    ///
    /// - Parameters:
    ///   - ends: when its pass ended by its own clock; nil where that is not known, or it has not ended.
    ///   - zone: in which its instants are written.
    public static func row(_ observation: Observation, passEnds ends: Instant?, in zone: TimeZoneRules) -> String {
        let sample = observation.sample
        return CSVWriter.record([
            RFC3339.text(sample.at, in: zone), observation.check.service, observation.check.check, sample.state.name,
            observation.phases.total.map(milliseconds) ?? "", observation.cause?.english ?? "",
            sample.family?.name ?? "", String(sample.pass), ends.map { RFC3339.text($0, in: zone) } ?? "",
        ])
    }

    /// A number of µs, in ms.
    private static func milliseconds(_ us: Int64) -> String {
        let rest = String(us % 1000)
        return "\(us / 1000)." + String(repeating: "0", count: 3 - rest.utf8.count) + rest
    }
}
