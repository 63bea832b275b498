/// What became known of a service, and when: from it follows what a month is counted by (clause 2).
///
/// The rules, once:
/// 1. The first record of a service counts as known from the beginning.
/// 2. Paid time is folded over the records in the order in which they became known:
///    `P₀ = X₀`, `Pᵢ = (Pᵢ₋₁ ∩ (−∞, knownᵢ)) ∪ Xᵢ`. A change may add any time, past or future, and takes away only
///    time after it became known, so that today's list does not rewrite an old month. What the configuration no
///    longer has declares nothing.
/// 3. Once the billing system has spoken of a service, its terms are what is declared, whatever the configuration
///    says.
/// 4. Withdrawals are taken away from the result, past or future, for as long as they stand.
/// 5. How it is measured (its checks and how their samples are read, its mode), and whom a scope finds in it (customer
///    and groups), is at each instant what was known then (semantics §3.2): see ``MeasuringRules``.
///    What was recorded wrongly is corrected from an instant of the past on; a correction counts from when it is known.
/// 6. The price at an instant is that of the term that holds it, by the last list of the billing system that has one;
///    else what the configuration said last by then. What had no price then takes the first that became known later.
/// 7. Everything else of a month (the customer in whose row it is) is what was known last by its end, or at `asOf` where
///    that comes first; where nothing was known by then, what became known first.
public struct ServiceHistory: Hashable, Sendable {
    /// What the configuration said, in the order in which it became known.
    public private(set) var records: [ServiceRecord]
    /// What the billing system said, in the order in which it became known.
    public private(set) var billed: [BilledTerms]
    /// Corrections, in the order in which they were recorded.
    public private(set) var withdrawals: [PaidWithdrawal]
    /// Corrections of how it was measured, in the order in which they were recorded.
    public private(set) var ruleCorrections: [RuleChange]

    /// A history; what became known at one instant is given in the order in which it was recorded.
    public init(
        records: [ServiceRecord] = [], billed: [BilledTerms] = [], withdrawals: [PaidWithdrawal] = [],
        ruleCorrections: [RuleChange] = []
    ) {
        self.records = records.inOrder(of: \.recordedAt)
        self.billed = billed.inOrder(of: \.recordedAt)
        self.withdrawals = withdrawals.inOrder(of: \.recordedAt)
        self.ruleCorrections = ruleCorrections.inOrder(of: \.knownAt)
    }

    /// Adds what the configuration said, known no earlier than what it said before.
    public mutating func append(_ record: ServiceRecord) { records.append(record) }

    /// The same without some withdrawals, by their identifiers.
    func without(withdrawals ids: Set<String>) -> ServiceHistory {
        var history = self
        history.withdrawals.removeAll { ids.contains($0.id) }
        return history
    }

    /// The time that is paid for, as known at `asOf` (rules 1 to 4).
    public func paid(asOf: Instant) -> IntervalSet {
        paidBeforeWithdrawal(asOf: asOf)
            .subtracting(IntervalSet(withdrawals.filter { $0.isInForce(asOf: asOf) }.map(\.interval)))
    }

    /// The same before withdrawals (rules 1 to 3).
    public func paidBeforeWithdrawal(asOf: Instant) -> IntervalSet {
        var paid = IntervalSet.empty
        for (index, declaration) in declarations.enumerated() {
            if index == 0 {
                paid = declaration.paid
            } else if declaration.at <= asOf {
                paid = paid.intersection(IntervalSet(Interval(.distantPast, declaration.at))).union(declaration.paid)
            }
        }
        return paid
    }

    /// What was declared paid, at each instant at which the configuration or the billing system spoke. At the same
    /// instant the billing system spoke first: its word goes before the configuration's.
    private var declarations: [(at: Instant, paid: IntervalSet)] {
        var result: [(at: Instant, paid: IntervalSet)] = []
        var next = (record: 0, bill: 0)
        while next.record < records.count || next.bill < billed.count {
            let record = next.record < records.count ? records[next.record] : nil
            let bill = next.bill < billed.count ? billed[next.bill] : nil
            if let bill, record.map({ bill.recordedAt <= $0.recordedAt }) ?? true {
                next.bill += 1
                result.append((bill.recordedAt, bill.paid))
            } else if let record {
                next.record += 1
                if next.bill == 0 { result.append((record.recordedAt, record.service?.paid ?? .empty)) }
            }
        }
        return result
    }

    /// The service as its figures of `period` are computed, as known at `asOf` (all rules); nil where the
    /// configuration never had it.
    ///
    /// - Parameter calendar: whose months end what checks that left leave open.
    public func service(in period: Interval, asOf: Instant, calendar: CivilCalendar) -> Service? {
        let configured = records.filter { $0.service != nil }
        let known = configured.last { $0.recordedAt <= asOf && $0.recordedAt < period.end } ?? configured.first
        guard var service = known?.service else { return nil }
        service.paid = paid(asOf: asOf)
        let rules = rules(asOf: asOf, calendar: calendar)?.before(period.end)
        service.past = rules.flatMap { $0.isConstant ? nil : $0 }
        price(&service, in: period, asOf: asOf)
        return service
    }

    /// What the billing system has said by `asOf` (rule 1).
    func billed(knownBy asOf: Instant) -> [BilledTerms] {
        billed.enumerated().filter { ($0.offset == 0 && isBilledFirst) || $0.element.recordedAt <= asOf }
            .map(\.element)
    }

    /// Whether the first record of the service is the billing system's.
    private var isBilledFirst: Bool {
        guard let bill = billed.first else { return false }
        return records.first.map { bill.recordedAt <= $0.recordedAt } ?? true
    }
}

extension ServiceHistory {
    /// How it is measured, since when, as known at `asOf` (rule 5); nil where the configuration never had it.
    ///
    /// - Parameter calendar: whose months end what checks that left leave open.
    public func rules(asOf: Instant, calendar: CivilCalendar) -> MeasuringRules? {
        rulesBeforeCorrection(asOf: asOf, calendar: calendar)?.corrected(
            by: ruleCorrections.filter { $0.knownAt <= asOf }, calendar: calendar)
    }

    /// The same without corrections.
    func rulesBeforeCorrection(asOf: Instant, calendar: CivilCalendar) -> MeasuringRules? {
        var steps: [MeasuringRules.Step] = []
        for record in records where steps.isEmpty || record.recordedAt <= asOf {
            if let service = record.service {
                steps.append(service.step(from: record.recordedAt))
            } else if var last = steps.last {
                // It is not watched; whose it is stays as it was.
                (last.from, last.checks) = (record.recordedAt, [])
                steps.append(last)
            }
        }
        return steps.isEmpty ? nil : MeasuringRules(steps, calendar: calendar)
    }

    /// What became known of it by `asOf`, a row for each change of a check, in the order in which it did; what is in the
    /// configuration and not recorded yet has nobody who recorded it.
    public func ruleChanges(asOf: Instant, calendar: CivilCalendar) -> [RuleChange] {
        guard let rules = rulesBeforeCorrection(asOf: asOf, calendar: calendar),
            let first = records.first(where: { $0.service != nil })
        else { return [] }
        let changes = rules.changes(of: first.id) { instant in
            let record = records.last { $0.recordedAt == instant } ?? first
            return (record.recordedAt, record.recordedBy)
        }
        return (changes + ruleCorrections.filter { $0.knownAt <= asOf }).inOrder(of: \.knownAt)
    }
}
