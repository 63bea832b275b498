import Configuration
import Reporting
import SLA

/// What a configuration makes the monitor do.
public struct PlanDocument: Document {
    private let plan: ConfigurationPlan

    /// The document of `plan`.
    public init(_ plan: ConfigurationPlan) {
        self.plan = plan
    }

    /// A line a fact.
    public var text: String { plan.text + "\n" }

    /// The same.
    public var json: JSONObject {
        JSONObject(
            "plan",
            [
                "objective_percent": .number(plan.objective.description), "timezone": .text(plan.timezone),
                "excluded_time": .text(plan.excludedTime.rawValue), "customers": JSONValue(plan.customers),
                "services": JSONValue(plan.services), "checks": JSONValue(plan.checks),
                "probes_per_second": .number(plan.probesPerSecond.description),
                "shortest_interval_s": JSONValue(number: shortest), "longest_interval_s": JSONValue(number: longest),
                "busiest_address": plan.busiest.map {
                    .object([
                        "address": .text($0.address), "probes_per_second": .number($0.probesPerSecond.description),
                        "checks": JSONValue($0.checks),
                    ])
                } ?? .null,
                "references": .list(plan.references.map(JSONValue.text)), "remarks": .list(remarks.map(JSONValue.text)),
                "state_directory": .text(plan.stateDirectory), "files": .list(plan.files.map(JSONValue.text)),
            ])
    }

    /// One row.
    public var csv: String {
        CSVWriter.table(
            [
                "objective_percent", "timezone", "excluded_time", "customers", "services", "checks",
                "probes_per_second", "shortest_interval_s", "longest_interval_s", "busiest_address",
                "busiest_probes_per_second", "busiest_checks", "references", "remarks", "state_directory", "files",
            ],
            [
                [
                    plan.objective.description, plan.timezone, plan.excludedTime.rawValue, String(plan.customers),
                    String(plan.services), String(plan.checks), plan.probesPerSecond.description, shortest ?? "",
                    longest ?? "", plan.busiest?.address ?? "", plan.busiest?.probesPerSecond.description ?? "",
                    plan.busiest.map { String($0.checks) } ?? "",
                    plan.references.joined(separator: " "), remarks.joined(separator: "; "), plan.stateDirectory,
                    plan.files.joined(separator: " "),
                ]
            ])
    }

    private var remarks: [String] { plan.referenceRemarks.map(\.description) }
    private var shortest: String? { plan.intervals.map { DurationText.seconds($0.lowerBound) } }
    private var longest: String? { plan.intervals.map { DurationText.seconds($0.upperBound) } }
}
