import Intake
import SLA

/// `rules.csv`: how checks are measured, since when (semantics §3.2).
public enum RulesFile {
    private static let required = ["service", "check", "known_at"]
    private static let optional = [
        "from", "by", "reason", "evidence", "customer", "groups", "interval", "timeout", "stale_after", "confirm",
        "mode", "counts", "vantages", "quorum", "target", "left",
    ]

    /// Reads `rules.csv` at `path` (`-` is standard input).
    ///
    /// - Parameters:
    ///   - catalog: whose services it names; whose a service is, and in which groups, is taken from it where the file
    ///     has no column for that.
    ///   - mayName: whether it may name others, which are then what it says that they are.
    /// - Throws: ``InputFailure`` where the file cannot be read; `Diagnostics` naming every bad line.
    public static func changes(path: String, catalog: Catalog, others mayName: Bool = false) throws -> [RuleChange] {
        let data = try InputFile.bytes(at: path)
        return try data.withUnsafeBytes { try changes($0, file: path, catalog: catalog, others: mayName) }
    }

    /// Reads the content of a `rules.csv` that is called `file` in messages.
    public static func changes(
        _ bytes: UnsafeRawBufferPointer, file: String, catalog: Catalog, others mayName: Bool = false
    ) throws(Diagnostics) -> [RuleChange] {
        var table = try Table(bytes, file: file, required: required, optional: optional)
        var changes: [RuleChange] = []
        var known: [Key: (change: RuleChange, line: Int)] = [:]
        while table.next() {
            guard let change = change(&table, catalog, others: mayName) else { continue }
            let key = Key(
                check: CheckID(service: change.service, check: change.checkID), knownAt: change.knownAt,
                from: change.from)
            if let before = known[key], before.change.says != change.says {
                table.report("check", "line \(before.line) says otherwise of it from the same instant on")
            }
            known[key] = (change, table.reader.line)
            changes.append(change)
        }
        try table.check()
        return changes
    }

    /// What one row is of.
    private struct Key: Hashable {
        let check: CheckID
        let knownAt: Instant
        let from: Instant?
    }

    private static func change(_ table: inout Table, _ catalog: Catalog, others mayName: Bool) -> RuleChange? {
        let (service, check) = (table.identifier("service"), table.identifier("check"))
        let configured = service.flatMap(catalog.service)
        if let service, Identifier.isValid(service), configured == nil, !mayName {
            table.report(
                "service", "unknown service \(Diagnostic.quoted(service)), expected one of the configuration's",
                nearest: table.mistakes.isFull ? nil : nearestName(to: service, among: catalog.services.map(\.id)))
        }
        let (knownAt, from) = (table.requiredInstant("known_at"), table.instant("from"))
        let hasLeft = table.flag("left") ?? false
        let customer = customer(&table, of: configured)
        let groups =
            table.column("groups") == nil
            ? configured?.groups ?? []
            : Set((table.unguardedText("groups") ?? "").split(separator: " ").map(String.init))
        let mode = table.word("mode", CheckMode.self) ?? .all
        let rules = hasLeft ? nil : rules(&table, id: check ?? "")
        guard let service, let check, let knownAt else { return nil }
        return RuleChange(
            service: service, checkID: check, knownAt: knownAt, from: from ?? nil,
            by: table.unguardedText("by") ?? "", reason: table.unguardedText("reason") ?? "",
            evidence: table.unguardedText("evidence") ?? "", customer: customer, groups: groups, mode: mode,
            check: rules)
    }

    /// Whose the service is: a service is always somebody's.
    private static func customer(_ table: inout Table, of configured: Service?) -> String {
        let customer = table.unguardedText("customer") ?? ""
        if customer.isEmpty, let configured { return configured.customer }
        if !Identifier.isValid(customer) {
            let found = customer.isEmpty ? "nothing" : Diagnostic.quoted(customer)
            table.report("customer", "found \(found), expected \(Identifier.expected)")
        }
        return customer
    }

    private static func rules(_ table: inout Table, id: String) -> Check {
        let interval = table.duration("interval") ?? 60_000
        let timeout = table.duration("timeout") ?? min(10_000, max(1, interval * 4 / 5))
        let staleAfter = table.duration("stale_after") ?? 2 * interval + timeout
        if !Check.staleRange(interval: interval, timeout: timeout).contains(staleAfter) {
            let expected = Check.staleExpected(interval: interval, timeout: timeout)
            table.report("stale_after", "found \(DurationText.written(staleAfter)), expected \(expected)")
        }
        let vantages = vantages(&table)
        return Check(
            id: id, interval: interval, timeout: timeout, retryInterval: min(10_000, interval),
            confirm: table.number("confirm", in: Check.confirmRange) ?? 2, staleAfter: staleAfter,
            counts: table.flag("counts") ?? true, vantages: vantages,
            quorum: table.number("quorum", in: 1...max(1, vantages.count)),
            probe: .recorded(table.unguardedText("target") ?? ""))
    }

    /// The names of the vantage points, each once; none for the only one, which has no name.
    private static func vantages(_ table: inout Table) -> [String] {
        var names: [String] = []
        for name in (table.unguardedText("vantages") ?? "").split(separator: " ").map(String.init) {
            if !Identifier.isValid(name) {
                table.report("vantages", "found \(Diagnostic.quoted(name)), expected \(Identifier.expected)")
            } else if names.contains(name) {
                table.report("vantages", "\(Diagnostic.quoted(name)) is named twice, expected each once")
            } else {
                names.append(name)
            }
        }
        return names
    }
}

extension Table {
    /// The duration in a field; nil where it is empty, and where it is none, which is reported.
    fileprivate mutating func duration(_ name: String) -> Milliseconds? {
        guard let text = text(name), !text.isEmpty else { return nil }
        if let duration = DurationText.duration(text), duration > 0 { return duration }
        report(name, "found \(Diagnostic.quoted(text)), expected a duration above 0, as 90s or 5m")
        return nil
    }

    /// The number in a field; nil where it is empty, and where it is none in `range`, which is reported.
    fileprivate mutating func number(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = text(name), !text.isEmpty else { return nil }
        if let number = Int(text), range.contains(number) { return number }
        let expected = range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
        report(name, "found \(Diagnostic.quoted(text)), expected \(expected)")
        return nil
    }

    /// The word in a field; nil where it is empty, and where it is none of `Word`, which is reported.
    fileprivate mutating func word<Word: RawRepresentable & CaseIterable>(
        _ name: String, _: Word.Type
    ) -> Word? where Word.RawValue == String {
        guard let text = text(name), !text.isEmpty else { return nil }
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue)
        report(
            name, "found \(Diagnostic.quoted(text)), expected \(words.joined(separator: " or "))",
            nearest: nearestName(to: text, among: words))
        return nil
    }
}

extension RuleChange {
    /// The same without who says it, and why.
    fileprivate var says: RuleChange {
        var own = self
        (own.by, own.reason, own.evidence) = ("", "", "")
        return own
    }
}
