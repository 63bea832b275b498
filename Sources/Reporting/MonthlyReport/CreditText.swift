import SLA

/// What a credit can be, where that is left open, as reports show it.
public enum CreditText {
    /// For people: `0 to 20 000 VND`.
    public static func text(_ range: CreditRange, in currency: String?) -> String {
        "\(text(range.from, in: nil)) to \(text(range.to, in: currency))"
    }

    private static func text(_ bound: CreditBound, in currency: String?) -> String {
        switch (bound.level, bound.amount) {
        case (_, let amount?): AmountText.shown(amount.text, in: currency)
        case (.tier(let percent), nil): "\(percent) %"
        case (.negotiate, nil): "negotiate"
        case (.nothing, nil): "nothing"
        }
    }

    /// For programs: both ends, each with its share of the price and its amount; null where nothing is left open.
    static func json(_ range: CreditRange?) -> JSONValue {
        guard let range else { return .null }
        return .object(["from": json(range.from), "to": json(range.to)])
    }

    private static func json(_ bound: CreditBound) -> JSONValue {
        let percent: JSONValue =
            switch bound.level {
            case .nothing: .number("0")
            case .negotiate: .text("negotiate")
            case .tier(let percent): .number(percent.description)
            }
        return .object(["percent": percent, "amount": JSONValue(number: bound.amount?.text)])
    }
}
