/// Amounts of money as people write and read them (semantics §9): the one reader of all that is configured, imported
/// or typed, and the one way in which texts for people show them.
public enum AmountText {
    /// The amount in `currency` that `text` spells, without its grouping; nil where it is none.
    ///
    /// Digits, ungrouped or in groups of three with the same space between all of them; behind a point, in a currency
    /// that has decimals, at most as many as it has, also where they are zeroes: `150.000` is a hundred and fifty to
    /// one reader and a hundred and fifty thousand to another. No sign, and no leading zero, which is an octal number
    /// to some readers of YAML and no number to those of JSON.
    ///
    /// - Parameter currency: its code by ISO 4217; two decimals where it is nil.
    public static func amount(_ text: String, in currency: String?) -> ExactDecimal? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap(ungrouped),
            whole == "0" || !(whole.hasPrefix("0") || whole.hasPrefix("-"))
        else { return nil }
        if parts.count == 2, parts[1].utf8.count > Currency.minorDigits(of: currency) { return nil }
        let amount = ExactDecimal(parts.count == 2 ? "\(whole).\(parts[1])" : whole)
        return amount.flatMap { $0 < limit ? $0 : nil }
    }

    /// What a message says is expected of an amount in `currency`, with right ones.
    public static func expected(in currency: String?) -> String {
        let digits = Currency.minorDigits(of: currency)
        let name = currency.map { " of \($0)" } ?? ""
        return digits == 0
            ? "a whole number\(name) without a point or comma, 0 or more and under 10^15, as 150000 or 150 000"
            : "an amount\(name) with at most \(digits) decimals behind a point and without a comma, 0 or more and "
                + "under 10^15, as 1500.50 or 1 500.50"
    }

    /// `amount`, written without grouping and not negative, as texts for people show it: in groups of three, with the
    /// currency where there is one. `1 200 000 VND`, and the spaces in the number never end a line.
    public static func shown(_ amount: String, in currency: String? = nil) -> String {
        let whole = amount.prefix { $0 != "." }
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { grouped += "\u{202F}" }
            grouped.append(digit)
        }
        return [grouped + amount.dropFirst(whole.count), currency].compactMap { $0 }.joined(separator: " ")
    }

    /// Six months of a price below it, to nine decimals, stay exact.
    private static let limit = ExactDecimal(1_000_000_000_000_000)

    /// What may stand between groups: a space, one that does not end a line, and a narrow one that does not.
    private static let spaces: Set<Character> = [" ", "\u{A0}", "\u{202F}"]

    /// `whole` without the spaces between its groups; nil where they are not groups of three.
    private static func ungrouped(_ whole: Substring) -> String? {
        guard let space = whole.first(where: spaces.contains) else { return String(whole) }
        let groups = whole.split(separator: space, omittingEmptySubsequences: false)
        guard groups.first.map({ (1...3).contains($0.count) }) == true, groups.dropFirst().allSatisfy({ $0.count == 3 })
        else { return nil }
        return groups.joined()
    }
}
