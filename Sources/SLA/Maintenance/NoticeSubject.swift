/// What a notice, a cancellation or an extension is about, by the identifier that people use.
public enum NoticeSubject: Hashable, Sendable, CustomStringConvertible {
    /// Every window of a plan, as `M3`.
    case plan(Int)
    /// The window of a plan that begins on a date, as `M3.2026-10-11`.
    case window(Int, CivilDate)
    /// An extension of a window, by its number within the plan, as `M3.x1`.
    case `extension`(Int, Int)

    /// The subject written `M3`, `M3.2026-10-11` or `M3.x1`, or nil.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let head = parts.first,
            let plan = Self.number(head, after: UInt8(ascii: "M"))
        else { return nil }
        guard parts.count == 2 else {
            self = .plan(plan)
            return
        }
        if let date = CivilDate(parts[1]) {
            self = .window(plan, date)
        } else if let number = Self.number(parts[1], after: UInt8(ascii: "x")) {
            self = .extension(plan, number)
        } else {
            return nil
        }
    }

    private static func number(_ text: some StringProtocol, after letter: UInt8) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.first == letter, bytes.count > 1, bytes[1] != UInt8(ascii: "0") else { return nil }
        return Digits.number(bytes.dropFirst())
    }

    /// The plan's number.
    public var plan: Int {
        switch self {
        case .plan(let plan), .window(let plan, _), .extension(let plan, _): plan
        }
    }

    /// As it is written.
    public var description: String {
        switch self {
        case .plan(let plan): "M\(plan)"
        case .window(let plan, let date): "M\(plan).\(date)"
        case .extension(let plan, let number): "M\(plan).x\(number)"
        }
    }
}
