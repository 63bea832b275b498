import Intake
import Patterns
import SLA

extension Field {
    /// What `parse` makes of the scalar's own text; `what` is what a message expects otherwise.
    func value<Value>(_ what: String, nearestAmong names: [String] = [], _ parse: (String) -> Value?) -> Value? {
        guard case .scalar(let text, _) = node.content else { return expected(what) }
        if let value = parse(text) { return value }
        return expected(what, nearest: nearestName(to: text, among: names))
    }

    /// A text that is not empty and has no control characters, at most 1000 characters long.
    func text(_ what: String) -> String? {
        value(what) { $0.isEmpty || $0.count > 1000 || $0.hasControlCharacters ? nil : $0 }
    }

    /// A text of any kind that is not empty, line ends included.
    func block(_ what: String) -> String? {
        value(what) { $0.isEmpty ? nil : $0 }
    }

    /// `true` or `false`.
    func flag() -> Bool? {
        value("true or false", nearestAmong: ["true", "false"]) { ["true": true, "false": false][$0] }
    }

    /// A name of something, unambiguous in scopes, logs and CSV.
    func identifier() -> String? {
        value(Identifier.expected) { Identifier.isValid($0) ? $0 : nil }
    }

    /// A whole number in `range`.
    func integer(_ range: ClosedRange<Int>) -> Int? {
        value("a whole number from \(range.lowerBound) to \(range.upperBound)") {
            WholeNumber.parse($0).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A decimal number that `isValid` accepts, exact.
    func decimal(_ what: String, _ isValid: (ExactDecimal) -> Bool) -> ExactDecimal? {
        value(what) { text in
            // A leading zero is an octal number to some readers of YAML.
            guard !text.hasPrefix("0") || text == "0" || text.hasPrefix("0.") else { return nil }
            return ExactDecimal(text).flatMap { isValid($0) ? $0 : nil }
        }
    }

    /// An amount of money in `currency`, exact.
    func amount(in currency: String?) -> ExactDecimal? {
        value(AmountText.expected(in: currency)) { AmountText.amount($0, in: currency) }
    }

    /// A number of bytes in `range`.
    func size(_ range: ClosedRange<Int>) -> Int? {
        let bounds = [range.lowerBound, range.upperBound].map { SizeText.spoken($0).replacing(" ", with: "") }
        return value("a size from \(bounds[0]) to \(bounds[1]), as 512KiB or 2MiB") {
            SizeText.size($0).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A duration above zero, or, where `allowingZero`, from zero on.
    func duration(allowingZero: Bool = false) -> Milliseconds? {
        value("a duration\(allowingZero ? "" : " above zero") with its unit, as 500ms, 90s, 5m, 1h30m or 2d") { text in
            DurationText.duration(text).flatMap { $0 > 0 || allowingZero ? $0 : nil }
        }
    }

    /// One of the cases of `Choice`, by its name.
    func choice<Choice: CaseIterable & RawRepresentable>(_: Choice.Type = Choice.self) -> Choice?
    where Choice.RawValue == String {
        let names = Choice.allCases.map(\.rawValue)
        return value("one of \(names.joined(separator: ", "))", nearestAmong: names) { Choice(rawValue: $0) }
    }

    /// A regular expression, as it was written.
    func regularExpression() -> String? {
        let what = "a regular expression"
        guard case .scalar(let text, _) = node.content, !text.isEmpty else { return expected(what) }
        do {
            // What the probes search with.
            _ = try Pattern(text)
            return text
        } catch {
            return expected("\(what): \(error.reason), after character \(error.offset)")
        }
    }
}

/// Names that other programs take apart: of credentials and of the sender of log lines.
enum PlainName {
    /// Whether `text` is letters, digits, `.`, `_` and `-` of ASCII, a letter or digit first, at most 64.
    static func isValid(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetterOrDigit(first), text.utf8.count <= 64 else { return false }
        return text.utf8.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
    }

    /// Whether `byte` is a letter or a digit of ASCII.
    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}

/// Whole numbers in the one spelling that no reader of YAML takes for another: decimal, without sign, without a
/// leading zero.
enum WholeNumber {
    /// The number that `text` spells, or nil.
    static func parse(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 18, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            text == "0" || !text.hasPrefix("0")
        else { return nil }
        return Int(text)
    }
}

extension String {
    /// Whether a line end, a tab or another control character is in it.
    var hasControlCharacters: Bool {
        unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
