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
        return (changes + ruleCorrections.filter { $0.knownAt <= asOf }).enumerated()
            .sorted { ($0.element.knownAt, $0.offset) < ($1.element.knownAt, $1.offset) }.map(\.element)
    }
}
