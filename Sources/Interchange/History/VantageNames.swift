import Intake
import SLA

/// The column `vantage` of `samples.csv`, held against the vantage points that the rules name (semantics §3.7).
///
/// Where they name none, a check's vantage points are those that its samples name.
struct VantageNames {
    private let catalog: Catalog
    private var recorded: [CheckID: [String?]] = [:]

    init(catalog: Catalog) { self.catalog = catalog }

    /// The vantage point that the current record names for `check`: `.some(nil)` for the one without a name; nil, and
    /// reported, where it is none of the check's.
    mutating func vantage(in table: inout Table, of check: CheckID) -> String?? {
        guard let text = table.text("vantage") else { return nil }
        let vantage = text.isEmpty ? nil : text
        let expected = self.recorded(of: check)
        if expected == [nil] {
            if let vantage, !Identifier.isValid(vantage) {
                table.report("vantage", "found \(Diagnostic.quoted(vantage)), expected \(Identifier.expected)")
                return nil
            }
            return .some(vantage)
        }
        if expected.contains(vantage) { return .some(vantage) }
        let names = expected.compactMap { $0 }
        table.report(
            "vantage",
            (vantage.map { "unknown vantage point \(Diagnostic.quoted($0))" } ?? "no vantage point named")
                + " of \(check), expected \(names.joined(separator: ", "))",
            nearest: vantage.flatMap { nearestName(to: $0, among: names) })
        return nil
    }

    private mutating func recorded(of check: CheckID) -> [String?] {
        if let known = recorded[check] { return known }
        let found = catalog.service(check.service)?.rules.vantages(of: check.check) ?? [nil]
        recorded[check] = found
        return found
    }

    /// Reports a check of which some records name a vantage point and some none, where its rules name none either.
    mutating func requireNames(
        _ series: [CheckID: [History.Entry]], _ vantages: [CheckID: [String: [History.Entry]]], in table: inout Table
    ) {
        for (check, named) in vantages.sorted(by: { $0.key < $1.key }) where recorded(of: check) == [nil] {
            guard let line = series[check]?.map(\.record).min() else { continue }
            table.report(
                line: Int(line), "vantage",
                "no vantage point named of \(check), but other lines name \(named.keys.sorted().joined(separator: ", "))"
            )
        }
    }

    /// What a person should know of `vantages`: of which checks the file alone says from where they are probed.
    mutating func remarks(on vantages: [CheckID: [String: [History.Entry]]]) -> [String] {
        vantages.sorted { $0.key < $1.key }.filter { recorded(of: $0.key) == [nil] }.map { check, named in
            let names = named.keys.sorted()
            return "the rules name no vantage points of \(check); it is down where \(names.count / 2 + 1) of "
                + "\(names.joined(separator: ", ")) say so"
        }
    }
}
