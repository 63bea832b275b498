/// Names a closed month: the month, and how often it was closed; `2026-10/1` is the original, `2026-10/2` its first
/// amendment.
public struct StatementNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The month.
    public let month: CivilMonth
    /// 1 for the original, then one more for each amendment.
    public let sequence: Int

    /// Statement `sequence`, at least 1, of `month`.
    public init(month: CivilMonth, sequence: Int) {
        self.month = month
        self.sequence = sequence
    }

    /// The number written `2026-10/1`, or nil.
    public init?(_ text: some StringProtocol) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2, let month = CivilMonth(String(decoding: parts[0], as: UTF8.self)),
            let sequence = Digits.number(parts[1]), sequence >= 1, parts[1].first != UInt8(ascii: "0")
        else { return nil }
        self.init(month: month, sequence: sequence)
    }

    /// Whether it amends an earlier one.
    public var isAmendment: Bool { sequence > 1 }

    /// The number that an amendment of this one has.
    public var next: StatementNumber { StatementNumber(month: month, sequence: sequence + 1) }

    /// As `2026-10/1`.
    public var description: String { "\(month)/\(sequence)" }

    /// By month, then by sequence.
    public static func < (a: StatementNumber, b: StatementNumber) -> Bool {
        (a.month, a.sequence) < (b.month, b.sequence)
    }
}
