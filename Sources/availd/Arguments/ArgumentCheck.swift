import Intake
import SLA

/// Collects what is wrong with a command's arguments, so that all of it is said at once and nothing is written.
struct ArgumentCheck {
    private var mistakes: [String] = []

    /// Notes that `option` is wrong: `message` says what was found and what was expected.
    mutating func add(_ option: String, _ message: String) {
        mistakes.append("\(option): \(message)")
    }

    /// The scope in `words`, each of which may hold several terms; empty where it is wrong.
    mutating func scope(_ words: [String], catalog: Catalog) -> [ScopeTerm] {
        switch ScopeText.terms(words.joined(separator: " "), catalog: catalog) {
        case .success(let terms):
            return terms
        case .failure(let found):
            for mistake in found.all {
                add("--scope", mistake.message + didYouMean(mistake.nearest))
            }
            return []
        }
    }

    /// The interval between two options; nil where it ends before it begins.
    mutating func interval(from: InstantArgument, to: InstantArgument) -> Interval? {
        let interval = Interval(from.instant, to.instant)
        if interval == nil {
            add("--to", "the end is not after the beginning, expected an instant later than --from")
        }
        return interval
    }

    /// The amount in `currency` that `text` spells; nil where it is none.
    mutating func amount(_ option: String, _ text: String, in currency: String?) -> ExactDecimal? {
        let amount = AmountText.amount(text, in: currency)
        if amount == nil {
            add(option, "found \(Diagnostic.quoted(text)), expected \(AmountText.expected(in: currency))")
        }
        return amount
    }

    /// `instant` is of something that has happened.
    mutating func past(_ option: String, _ instant: InstantArgument?, now: Instant) {
        if let instant, instant.instant > now { add(option, "lies in the future") }
    }

    /// `text` says something; `expected` is what it should say.
    mutating func notBlank(_ option: String, _ text: String, expected: String) {
        if text.allSatisfy(\.isWhitespace) { add(option, "found nothing, expected \(expected)") }
    }

    /// `text` says something, on one line; `expected` is what it should say.
    mutating func oneLine(_ option: String, _ text: String, expected: String) {
        notBlank(option, text, expected: expected)
        if text.onOneLine != text {
            add(option, "found \(Diagnostic.quoted(text)), expected one line without control characters")
        }
    }

    /// `id` can be an identifier.
    mutating func identifier(_ option: String, _ id: String?) {
        if let id, !Identifier.isValid(id) {
            add(option, "found \(Diagnostic.quoted(id)), expected \(Identifier.expected)")
        }
    }

    /// - Throws: every mistake, as bad data.
    func finish() throws {
        if mistakes.isEmpty { return }
        throw Refusal(mistakes.joined(separator: "\n"))
    }
}
