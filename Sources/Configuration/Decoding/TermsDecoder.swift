import Intake
import SLA

/// Reads `paid`: the time that is paid for (clause 2).
struct TermsDecoder {
    /// Turns dates into instants.
    let calendar: CivilCalendar

    /// The union of the terms in `field`; empty where nothing has been paid for.
    func decode(_ field: Field) -> IntervalSet {
        let terms = field.list(of: "terms, as {from: 2026-01-01, to: 2027-01-01}") ?? []
        return IntervalSet(terms.compactMap(term))
    }

    private func term(_ field: Field) -> Interval? {
        if field.isCell, case .scalar = field.node.content {
            return field.expected("a term, as 2026-01-01/2027-01-01, or 2026-01-01/ without an end")
        }
        guard let section = field.section(["from", "to"]) else { return nil }
        let from = section.required("from", TermTime.expected)
        let to = section["to"]
        let start = from.flatMap(instant)
        let end = to.map(instant) ?? .distantFuture
        guard let from, let start, let end else { return nil }
        if let term = Interval(start, end) { return term }
        return (to ?? field).expected("an end later than the beginning \(from.found)")
    }

    private func instant(_ field: Field) -> Instant? {
        field.value(TermTime.expected) { TermTime.instant($0, in: calendar) }
    }
}
