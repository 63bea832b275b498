import SLA
import Wording

/// What a configuration changes, as `availd check-config --diff` shows it.
public struct ChangesDocument: Document {
    private let changes: [CatalogChange]
    private let against: String
    private let zone: TimeZoneRules

    /// The document of `changes`; `against` says what the configuration was held against.
    public init(_ changes: [CatalogChange], against: String, in zone: TimeZoneRules) {
        self.changes = changes
        self.against = against
        self.zone = zone
    }

    /// A line a change.
    public var text: String {
        changes.isEmpty
            ? "the same as \(against)\n" : changes.map { $0.english(in: zone).onOneLine + "\n" }.joined()
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "changes",
            [
                "against": .text(against),
                "changes": .list(
                    changes.map { change in
                        .object([
                            "customer": JSONValue(change.customer), "service": JSONValue(change.service),
                            "check": JSONValue(change.check), "change": .text(change.name),
                            "setting": JSONValue(change.setting), "what": .text(change.what(in: zone)),
                            "effect": JSONValue(change.effect),
                        ])
                    }),
            ])
    }

    /// A row a change.
    public var csv: String {
        CSVWriter.table(
            ["customer", "service", "check", "change", "setting", "what", "effect"],
            changes.map { change in
                [
                    change.customer ?? "", change.service ?? "", change.check ?? "", change.name,
                    change.setting ?? "", change.what(in: zone), change.effect ?? "",
                ]
            })
    }
}

extension CatalogChange {
    fileprivate var customer: String? {
        if case .customer(let id) = subject { id } else { nil }
    }

    fileprivate var service: String? {
        switch subject {
        case .agreement, .customer: nil
        case .service(let id): id
        case .check(let id): id.service
        }
    }

    fileprivate var check: String? {
        if case .check(let id) = subject { id.check } else { nil }
    }

    fileprivate var setting: String? {
        switch kind {
        case .set(let setting, _, _): setting.rawValue
        case .uncounted: Setting.counts.rawValue
        case .paidMore, .paidLess: "paid"
        case .added, .dropped, .looksRenamed: nil
        }
    }

    fileprivate var name: String {
        switch kind {
        case .added: "added"
        case .dropped: "dropped"
        case .looksRenamed: "looks_renamed"
        case .set, .uncounted, .paidMore, .paidLess: "set"
        }
    }
}
