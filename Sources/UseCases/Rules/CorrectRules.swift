import Intake
import Ledger
import Reporting
import SLA

/// How a check was measured truly from an instant on: a correction of the past that is to be recorded
/// (semantics §3.2). What is not named stays as it was then.
public struct RuleCorrectionRequest: Sendable {
    /// The service's identifier.
    public var service: String
    /// The check's identifier; nil for the only one.
    public var check: String?
    /// Since when.
    public var from: Instant
    /// Why the record is wrong.
    public var reason: String
    /// What proves it.
    public var evidence: String
    /// The time from one due instant to the next, in ms.
    public var interval: Milliseconds?
    /// How long a probe could take, in ms.
    public var timeout: Milliseconds?
    /// How long a sample spoke for the time after it, in ms.
    public var staleAfter: Milliseconds?
    /// How many adjacent failures made an outage.
    public var confirm: Int?
    /// How the checks made up the service's state.
    public var mode: CheckMode?
    /// Whether the check was part of the figures.
    public var counts: Bool?
    /// Whether the check was no part of the service any more.
    public var hasLeft: Bool
    /// Whose the service was.
    public var customer: String?
    /// The groups that it belonged to.
    public var groups: [String]?

    /// A request that changes nothing yet.
    public init(service: String, check: String? = nil, from: Instant, reason: String, evidence: String) {
        self.service = service
        self.check = check
        self.from = from
        self.reason = reason
        self.evidence = evidence
        hasLeft = false
    }
}

extension Recording {
    /// Records how a check was measured truly from an instant on, until what is corrected next changed.
    ///
    /// - Throws: `Unknown`, `InvalidRequest`, `LedgerError`; nothing is then recorded.
    public func correctRules(_ request: RuleCorrectionRequest) throws -> RuleCorrectionReceipt {
        let recorded = try ledger.record { snapshot in
            let history = try snapshot.catalogHistory()
            let known = history.everKnown(catalog)
            let service = try known.requiredService(request.service)
            let histories = history.histories(including: catalog, asOf: now, now: now)
            let rules = histories[service.id]?.rules(asOf: now, calendar: calendar) ?? service.rules
            var check = RequestCheck()
            check.oneLine(.reason, request.reason)
            check.oneLine(.evidence, request.evidence, expected: "what proves it")
            check.name(by)
            check.past(.from, request.from, now: now)
            let correction = check.correction(request, of: service, rules, known, by: by, now: now)
            return [.ruleCorrection(try check.finish(correction))] + (try newServices(in: snapshot))
        }
        return RuleCorrectionReceipt(
            correction: recorded.last { if case .ruleCorrection(let change) = $0 { change } else { nil } },
            zone: calendar.zone)
    }
}

extension RequestCheck {
    /// The correction that `request` asks for; nil where it is wrong.
    fileprivate mutating func correction(
        _ request: RuleCorrectionRequest, of service: Service, _ rules: MeasuringRules, _ catalog: Catalog,
        by: String, now: Instant
    ) -> RuleChange? {
        let step = rules.step(at: request.from)
        let ids = rules.checks
        guard let id = request.check ?? (ids.count == 1 ? ids[0] : nil) else {
            add(.check, "found nothing, expected one of \(ids.joined(separator: ", "))")
            return nil
        }
        if !ids.contains(id) {
            add(.check, "\(Unknown(.check, id, among: ids).description)")
            return nil
        }
        if let customer = request.customer, !catalog.customers.contains(where: { $0.id == customer }) {
            add(.customer, "\(Unknown(.customer, customer, among: catalog.customers.map(\.id)).description)")
        }
        let change = RuleChange(
            service: service.id, checkID: id, knownAt: now, from: request.from, by: by, reason: request.reason,
            evidence: request.evidence, customer: request.customer ?? step.customer,
            groups: request.groups.map(Set.init) ?? step.groups, mode: request.mode ?? step.mode,
            check: request.hasLeft ? nil : self.check(request, id, step, rules))
        if change.check == step.check(id), change.mode == step.mode, change.customer == step.customer,
            change.groups == step.groups
        {
            add(.from, "it was so already at that instant, expected something that was otherwise")
        }
        return change
    }

    /// The check as it was truly.
    private mutating func check(
        _ request: RuleCorrectionRequest, _ id: String, _ step: MeasuringRules.Step, _ rules: MeasuringRules
    ) -> Check? {
        // One that was not there then was there as it was recorded last.
        guard var check = step.check(id) ?? rules.check(id) else { return nil }
        let isStandard = check.staleAfter == 2 * check.interval + check.timeout
        check.interval = request.interval ?? check.interval
        check.timeout = request.timeout ?? min(check.timeout, check.interval)
        check.retryInterval = min(check.retryInterval, check.interval)
        check.confirm = request.confirm ?? check.confirm
        check.counts = request.counts ?? check.counts
        check.staleAfter =
            request.staleAfter ?? (isStandard ? 2 * check.interval + check.timeout : check.staleAfter)
        if check.timeout > check.interval {
            add(.timeout, "is longer than the interval, expected at most \(DurationText.spoken(check.interval))")
        }
        if !Check.staleRange(interval: check.interval, timeout: check.timeout).contains(check.staleAfter) {
            let expected = Check.staleExpected(interval: check.interval, timeout: check.timeout)
            add(.staleAfter, "found \(DurationText.written(check.staleAfter)), expected \(expected)")
        }
        if !Check.confirmRange.contains(check.confirm) {
            let range = Check.confirmRange
            add(.confirm, "found \(check.confirm), expected \(range.lowerBound) to \(range.upperBound)")
        }
        return check
    }
}

/// A correction of rules that was recorded.
public struct RuleCorrectionReceipt: Receipt {
    /// The correction, as it was recorded.
    public let correction: RuleChange
    let zone: TimeZoneRules

    /// What is so, since when, by whom and why.
    public static let columns = JSONColumns(["service", "check", "from", "known_at", "by", "reason", "evidence"])

    /// What a person should know besides.
    public var remarks: [FieldMessage] {
        let from = RFC3339.text(correction.effectiveAt, in: zone)
        return [
            """
            recorded how \(correction.service)/\(correction.checkID) was measured from \(from) on; a closed month that \
            it changes shows it once it is closed again
            """
        ]
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "rule_correction",
            [
                "service": .text(correction.service), "check": .text(correction.checkID),
                "from": .instant(correction.effectiveAt, zone), "known_at": .instant(correction.knownAt, zone),
                "by": .text(correction.by), "reason": .text(correction.reason),
                "evidence": .text(correction.evidence),
            ])
    }
}
