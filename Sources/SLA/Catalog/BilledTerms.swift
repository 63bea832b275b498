/// What the billing system said of a service's paid time (clause 2) from an instant on: all of its terms.
public struct BilledTerms: Hashable, Sendable {
    /// The service's identifier.
    public var service: String
    /// The terms, each once, by their beginning.
    public var terms: [BilledTerm]
    /// When they became known.
    public var recordedAt: Instant
    /// Who recorded them.
    public var recordedBy: String

    /// The terms of `service`, in any order.
    public init(service: String, terms: [BilledTerm], recordedAt: Instant, recordedBy: String) {
        self.service = service
        self.terms = Set(terms).sorted { Self.order($0) < Self.order($1) }
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
    }

    private static func order(_ term: BilledTerm) -> (Instant, Instant, String, String) {
        (term.interval.start, term.interval.end, term.plan, term.price?.description ?? "")
    }

    /// The time that any of the terms pays for.
    public var paid: IntervalSet { IntervalSet(terms.map(\.interval)) }

    /// The last term, by its beginning, that holds `instant`.
    public func term(at instant: Instant) -> BilledTerm? {
        terms.last { $0.interval.contains(instant) }
    }

    /// The pairs of `terms`, by their indices, that overlap at different prices: a month cannot have two. At least
    /// one is found where there is any.
    public static func contradictions(in terms: [BilledTerm]) -> [(earlier: Int, later: Int)] {
        var found: [(earlier: Int, later: Int)] = []
        var latest: Int?
        let order = terms.indices.sorted { (terms[$0].interval.start, $0) < (terms[$1].interval.start, $1) }
        for index in order {
            guard let earlier = latest else {
                latest = index
                continue
            }
            // What overlaps any earlier term overlaps the one of them that ends last.
            if terms[index].interval.start < terms[earlier].interval.end, terms[index].price != terms[earlier].price {
                found.append((min(earlier, index), max(earlier, index)))
            }
            if terms[index].interval.end > terms[earlier].interval.end { latest = index }
        }
        return found
    }
}
