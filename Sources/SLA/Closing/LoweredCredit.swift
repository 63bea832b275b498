/// A credit that a statement has named, and that an amendment would lower without the customer's word (semantics §9).
public struct LoweredCredit: Hashable, Sendable {
    /// The service's identifier.
    public let service: String
    /// What the statement has named, in the agreement's currency.
    public let named: ExactDecimal
    /// What the amendment would say; nil where that is nothing.
    public let due: Amount?

    /// Those between the `report` that is kept of `month` and what is `due` now, by service: where less is due than was
    /// named, and the customer has not accepted it since `closedAt`, when that was closed, by `asOf`.
    public static func all(
        from report: ReportTable, to due: [String: Amount?], settlements: Settlements, of month: CivilMonth,
        asOf: Instant, closedAt: Instant, currency: String?
    ) -> [LoweredCredit] {
        let nothing = Amount.zero(in: currency)
        func amount(_ decimal: ExactDecimal) -> Amount {
            Money(decimal).amount(minorDigits: Currency.minorDigits(of: currency))
        }
        return report.values(of: "credit_amount").compactMap { service, text in
            guard let named = ExactDecimal(text) else { return nil }
            let now = due[service] ?? nil
            guard amount(named) > now ?? nothing else { return nil }
            let word = settlements.acceptance(of: service, in: month, asOf: asOf)
            if let word, word.recordedAt > closedAt, amount(word.amount) <= now ?? nothing { return nil }
            return LoweredCredit(service: service, named: named, due: now)
        }
    }
}
