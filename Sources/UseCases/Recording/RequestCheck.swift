import Intake
import SLA

/// Collects what is wrong with a request, so that all of it is said at once and nothing is recorded.
struct RequestCheck {
    private var mistakes: [InvalidRequest.Mistake] = []

    /// Notes that `field` is wrong: `message` says what was found and what was expected.
    ///
    /// - Parameter isOfRecord: whether it is only the record that says so.
    mutating func add(_ field: RequestField, _ message: FieldMessage, isOfRecord: Bool = false) {
        mistakes.append(InvalidRequest.Mistake(field: field, message: message, isOfRecord: isOfRecord))
    }

    /// The scope in `words`, each of which may hold several terms; empty where it is wrong.
    mutating func scope(_ words: [String], catalog: Catalog) -> [ScopeTerm] {
        switch ScopeText.terms(words.joined(separator: " "), catalog: catalog) {
        case .success(let terms):
            return terms
        case .failure(let found):
            for mistake in found.all { add(.scope, "\(mistake.message)\(didYouMean(mistake.nearest))") }
            return []
        }
    }

    /// The service called `id`; nil where there is none.
    mutating func service(_ id: String, catalog: Catalog, field: RequestField) -> Service? {
        do {
            return try catalog.requiredService(id)
        } catch {
            add(field, "\(error.description)")
            return nil
        }
    }

    /// The interval between two instants; nil where it ends before it begins.
    mutating func interval(from: Instant, to: Instant) -> Interval? {
        let interval = Interval(from, to)
        if interval == nil {
            add(.to, "the end is not after the beginning, expected an instant later than \(RequestField.from)")
        }
        return interval
    }

    /// The amount in `currency` that `text` spells; nil where it is none.
    mutating func amount(_ text: String, in currency: String?) -> ExactDecimal? {
        let amount = AmountText.amount(text, in: currency)
        if amount == nil {
            add(.amount, "found \(Diagnostic.quoted(text)), expected \(AmountText.expected(in: currency))")
        }
        return amount
    }

    /// `instant` is of something that has happened.
    mutating func past(_ field: RequestField, _ instant: Instant?, now: Instant) {
        if let instant, instant > now { add(field, "lies in the future") }
    }

    /// `text` says something; `expected` is what it should say.
    mutating func notBlank(_ field: RequestField, _ text: String, expected: String = "why") {
        if text.allSatisfy(\.isWhitespace) { add(field, "found nothing, expected \(expected)") }
    }

    /// `text` says something, on one line; `expected` is what it should say.
    mutating func oneLine(_ field: RequestField, _ text: String, expected: String = "why") {
        notBlank(field, text, expected: expected)
        if text.onOneLine != text {
            add(field, "found \(Diagnostic.quoted(text)), expected one line without control characters")
        }
    }

    /// `name` can be that of somebody who records something: who that was is evidence.
    mutating func name(_ name: String) { oneLine(.by, name, expected: "a name") }

    /// `id` can be an identifier.
    mutating func identifier(_ id: String?) {
        if let id, !Identifier.isValid(id) {
            add(.id, "found \(Diagnostic.quoted(id)), expected \(Identifier.expected)")
        }
    }

    /// - Throws: every mistake.
    func finish() throws(InvalidRequest) {
        if !mistakes.isEmpty { throw InvalidRequest(mistakes: mistakes) }
    }

    /// `value`, which is nil only where a mistake was noted.
    ///
    /// It is mutating so that it looks at the mistakes when `value` was found: the argument may be what notes one.
    /// - Throws: every mistake.
    mutating func finish<T>(_ value: T?) throws(InvalidRequest) -> T {
        try finish()
        guard let value else { preconditionFailure("what is missing was noted as a mistake") }
        return value
    }
}
