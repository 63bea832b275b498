import GRDB
import SLA

/// A row of `rule_corrections`: how a check was measured truly from an instant on.
struct RuleCorrectionRow: FactRow {
    static let table = FactTable.ruleCorrections

    var number: Int64?
    var service: String
    var checkID: String
    var at: Int64
    var by: String
    var fromAt: Int64
    var reason: String
    var evidence: String
    var customer: String
    /// Separated by spaces.
    var groupNames: String
    var mode: String
    /// ``TermsText/checks(_:)-([Check])`` of one; nil where the check had left.
    var rules: String?

    enum CodingKeys: String, CodingKey {
        case number, service, at, by, reason, evidence, customer, mode, rules
        case checkID = "check_id"
        case fromAt = "from_at"
        case groupNames = "group_names"
    }

    init(_ change: RuleChange) {
        service = change.service
        checkID = change.checkID
        at = change.knownAt.milliseconds
        by = change.by
        fromAt = change.effectiveAt.milliseconds
        reason = change.reason
        evidence = change.evidence
        customer = change.customer
        groupNames = change.groups.sorted().joined(separator: " ")
        mode = change.mode.rawValue
        rules = change.check.map { TermsText.checks([$0]) }
    }

    func change() throws -> RuleChange {
        RuleChange(
            service: service, checkID: checkID, knownAt: Instant(milliseconds: at),
            from: Instant(milliseconds: fromAt), by: by, reason: reason, evidence: evidence, customer: customer,
            groups: Set(groupNames.split(separator: " ").map(String.init)), mode: try named(mode, CodingKeys.mode),
            check: try rules.map { try parsed($0, CodingKeys.rules, TermsText.checks)[0] })
    }
}

extension FactWriter {
    func add(_ change: RuleChange) throws { try RuleCorrectionRow(change).insert(db) }
}
