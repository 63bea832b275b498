import SLA

/// Paid time and its history, as `availd terms list` shows them.
public struct TermsDocument: Document {
    /// A service and what became known of it.
    public struct Entry: Sendable {
        let service: Service
        let history: ServiceHistory

        /// An entry.
        public init(_ service: Service, _ history: ServiceHistory) {
            self.service = service
            self.history = history
        }
    }

    private let entries: [Entry]
    private let asOf: Instant
    private let zone: TimeZoneRules

    /// The services of `entries`, as they were known at `asOf`.
    public init(_ entries: [Entry], asOf: Instant, under agreement: Agreement) {
        self.entries = entries
        self.asOf = asOf
        zone = agreement.calendar.zone
    }

    /// The paid time in force, in the format that `availd terms import` reads.
    public var csv: String {
        CSVWriter.record(["service", "customer", "from", "to", "price", "plan"])
            + entries.flatMap { entry in
                entry.history.terms(asOf: asOf).map { term in
                    CSVWriter.record([
                        entry.service.id, entry.service.customer, text(term.interval.start),
                        end(term.interval.end) ?? "", term.price?.description ?? "", term.plan,
                    ])
                }
            }.joined()
    }

    /// Two tables: the paid time in force, and how it became known.
    public var text: String {
        var terms = TextTable([
            ("SERVICE", .left), ("CUSTOMER", .left), ("PAID FROM", .left), ("TO", .left), ("PRICE", .right),
            ("PLAN", .left),
        ])
        var changes = TextTable([
            ("SERVICE", .left), ("KNOWN SINCE", .left), ("SOURCE", .left), ("BY", .left), ("WHAT", .left),
        ])
        for entry in entries {
            for term in entry.history.terms(asOf: asOf) {
                terms.add([
                    entry.service.id, entry.service.customer, text(term.interval.start),
                    end(term.interval.end) ?? "until further notice", price(term) ?? "-", term.plan,
                ])
            }
            for change in entry.history.changes(asOf: asOf) {
                changes.add([
                    entry.service.id, known(change).map(text) ?? "the configuration, not recorded yet",
                    change.source.rawValue,
                    change.by, words(change),
                ])
            }
        }
        return terms.text + "\n" + changes.text
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "terms",
            [
                "as_of": .instant(asOf, zone),
                "services": .list(
                    entries.map { entry in
                        .object([
                            "service": .text(entry.service.id), "customer": .text(entry.service.customer),
                            "terms": .list(entry.history.terms(asOf: asOf).map(term)),
                            "changes": .list(entry.history.changes(asOf: asOf).map(change)),
                        ])
                    }),
            ])
    }

    private func term(_ term: PaidTerm) -> JSONValue {
        .object([
            "from": .instant(term.interval.start, zone),
            "to": .instant(term.interval.end == .distantFuture ? nil : term.interval.end, zone),
            "price": JSONValue(number: term.price?.description), "plan": .text(term.plan),
        ])
    }

    private func change(_ change: ServiceHistory.Change) -> JSONValue {
        .object([
            "known_at": .instant(known(change), zone), "from_the_beginning": .flag(change.isFirst),
            "source": .text(change.source.rawValue), "by": .text(change.by), "id": JSONValue(change.id),
            "terms": .list(change.terms.map(term)), "reason": JSONValue(change.reason),
        ])
    }

    private func known(_ change: ServiceHistory.Change) -> Instant? {
        // What is in the file and not in the ledger yet has nobody who recorded it.
        change.by.isEmpty ? nil : change.at
    }

    private func words(_ change: ServiceHistory.Change) -> String {
        let terms = change.terms.map { term in
            text(term.interval.start) + (end(term.interval.end).map { " to \($0)" } ?? " on")
                + (price(term).map { " at \($0)" } ?? "")
        }.joined(separator: ", ")
        let what =
            switch change.source {
            case .configuration, .billing: terms.isEmpty ? "declares no paid time" : terms
            case .withdrawal: "\(change.id ?? "") never paid: \(terms): \(change.reason ?? "")"
            case .reinstatement: "\(change.id ?? "") ended: \(change.reason ?? "")"
            }
        return what + (change.isFirst ? " (from the beginning)" : "")
    }

    /// The price of a term for people; nil where none is known.
    private func price(_ term: PaidTerm) -> String? { term.price.map { AmountText.shown($0.description) } }

    private func text(_ instant: Instant) -> String { RFC3339.text(instant, in: zone) }

    /// The end of a term; nil where there is none.
    private func end(_ instant: Instant) -> String? { instant == .distantFuture ? nil : text(instant) }
}
