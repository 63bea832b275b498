import Intake
import SLA

extension ConfigurationPlan {
    /// The plan as `check-config` prints it: a line a fact, without a line end at the end.
    public var text: String {
        var lines: [(String, String)] = [
            ("objective", "\(objective) % of each calendar month in \(timezone)"),
            ("excluded time", excludedTime.rawValue),
            ("customers", "\(customers)"),
            ("services", "\(services) with \(checks) \(checks == 1 ? "check" : "checks")"),
        ]
        if let intervals, let busiest {
            let shortest = DurationText.spoken(intervals.lowerBound)
            let longest = DurationText.spoken(intervals.upperBound)
            let range = shortest == longest ? shortest : "\(shortest) to \(longest)"
            lines.append(("probes", "\(probesPerSecond) a second, a check every \(range)"))
            let count = "\(busiest.checks) \(busiest.checks == 1 ? "check" : "checks")"
            lines.append(("busiest address", "\(busiest.address), \(busiest.probesPerSecond) a second by \(count)"))
        } else {
            lines.append(("probes", "none"))
        }
        for (index, url) in (references.isEmpty ? ["none"] : references).enumerated() {
            lines.append((index == 0 ? "references" : "", url))
        }
        for (index, remark) in referenceRemarks.enumerated() { lines.append((index == 0 ? "remark" : "", "\(remark)")) }
        lines.append(("state directory", stateDirectory))
        for (index, file) in files.enumerated() { lines.append((index == 0 ? "files" : "", file)) }
        let width = "state directory".count + 2
        return lines.map { name, value in
            name + String(repeating: " ", count: width - name.count) + value.onOneLine
        }.joined(separator: "\n")
    }
}
