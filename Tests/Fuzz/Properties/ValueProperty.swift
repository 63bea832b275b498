import Addresses
import Intake
import SLA

/// A single value that is read is the same when it is written and read again.
enum ValueProperty {
    static func check(_ bytes: UnsafeRawBufferPointer) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        try checkInstants(text)
        try checkAmounts(text)
        if let scope = try? ScopeText.terms(text, catalog: ExampleCatalog.catalog).get() {
            let written = scope.map(\.text).joined(separator: " ")
            let again = try? ScopeText.terms(written, catalog: ExampleCatalog.catalog).get()
            try demand(again == scope, "\(scope) came back as \(String(describing: again))")
        }
        // Any identifier can stand in a scope.
        if Identifier.isValid(text) {
            for term in [ScopeTerm.service(text), .customer(text), .group(text)] {
                try demand(ScopeTerm(term.text) == term, "\(term.text) is no scope")
            }
        }
        if let address = IPAddress(text) {
            try demand(IPAddress(address.description) == address, "\(address)")
            let network = try? Network(address.description)
            try demand(network?.contains(address) == true, "\(address) is not in itself")
        }
    }

    private static func checkInstants(_ text: String) throws {
        if let instant = InstantText.instant(text) {
            let written = RFC3339.text(instant, in: .utc)
            try demand(InstantText.instant(written) == instant, "\(text) as \(written)")
        }
        if let instant = RFC3339.instant(text) {
            let written = RFC3339.text(instant, in: .utc)
            try demand(RFC3339.instant(written) == instant, "\(text) as \(written)")
        }
        if let date = CivilDate(text) {
            try demand(CivilDate(daysSinceEpoch: date.daysSinceEpoch) == date, "\(text)")
        }
        if let duration = DurationText.duration(text) {
            try demand((0...DurationText.longest).contains(duration), "\(duration) ms")
            try demand(DurationText.duration("\(duration)ms") == duration, "\(duration) ms")
        }
    }

    private static func checkAmounts(_ text: String) throws {
        if let decimal = ExactDecimal(text) {
            try demand(ExactDecimal(decimal.description) == decimal, "\(text)")
            try demand(decimal.description.utf8.elementsEqual(text.utf8), "\(text) as \(decimal)")
        }
        for currency in [nil, "VND", "USD"] {
            guard let amount = AmountText.amount(text, in: currency) else { continue }
            let shown = AmountText.shown(amount.description)
            try demand(AmountText.amount(shown, in: currency) == amount, "\(amount) as \(shown)")
        }
    }
}
