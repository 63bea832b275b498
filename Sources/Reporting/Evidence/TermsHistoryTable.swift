import SLA

/// `terms.csv`: what was said to be paid for, since when that is known, and what was withdrawn of it (semantics §2).
public enum TermsHistoryTable {
    /// The rows of `histories`, as known at `asOf`: each list of a service whole, and what was withdrawn of it as rows of
    /// its own.
    ///
    /// - Parameters:
    ///   - histories: what became known of services, with their identifiers, in the order of the rows.
    ///   - zone: in which instants are written.
    public static func csv(
        _ histories: [(service: String, history: ServiceHistory)], asOf: Instant, in zone: TimeZoneRules
    ) -> String {
        func text(_ instant: Instant) -> String { RFC3339.text(instant, in: zone) }
        func row(
            _ service: String, _ interval: Interval?, _ price: ExactDecimal?, known: Instant,
            _ withdrawal: PaidWithdrawal? = nil
        ) -> [String] {
            [
                service, interval.map { text($0.start) } ?? "",
                interval.map { $0.end == .distantFuture ? "" : text($0.end) } ?? "", price?.description ?? "",
                text(known), withdrawal.map { text($0.recordedAt) } ?? "", withdrawal?.reason ?? "",
            ]
        }
        var rows: [[String]] = []
        for (service, history) in histories {
            // Each part of a withdrawal is said once, beside the first list that has it.
            var withdrawals = history.withdrawals.filter { $0.isInForce(asOf: asOf) }
                .map { ($0, rest: IntervalSet($0.interval)) }
            for list in history.lists(of: service, asOf: asOf) {
                // What nobody has recorded yet is known now.
                let known = list.recordedBy.isEmpty ? asOf : list.recordedAt
                if list.terms.isEmpty { rows.append(row(service, nil, nil, known: known)) }
                for term in list.terms {
                    rows.append(row(service, term.interval, term.price, known: known))
                    for index in withdrawals.indices {
                        let (withdrawal, rest) = withdrawals[index]
                        let parts = rest.intersection(term.interval)
                        rows += parts.intervals.map { row(service, $0, term.price, known: known, withdrawal) }
                        withdrawals[index].rest = rest.subtracting(parts)
                    }
                }
            }
        }
        return CSVWriter.table(["service", "from", "to", "price", "known_at", "withdrawn_at", "reason"], rows)
    }
}
