import SLA

/// A billed term as its column holds it: `[start, end, price, plan]`.
struct StoredTerm: Codable {
    let start: Int64
    let end: Int64?
    let price: String?
    let plan: String

    init(_ term: BilledTerm) {
        start = term.interval.start.milliseconds
        end = TermsText.end(term.interval.end)
        price = term.price?.description
        plan = term.plan
    }

    /// The term; nil where no such one can be.
    var term: BilledTerm? {
        let amount = price.map { ExactDecimal($0) }
        if case .some(nil) = amount { return nil }
        return Interval(Instant(milliseconds: start), end.map(Instant.init) ?? .distantFuture).map {
            BilledTerm(interval: $0, price: amount ?? nil, plan: plan)
        }
    }

    init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        start = try values.decode(Int64.self)
        end = try values.decode(Int64?.self)
        price = try values.decode(String?.self)
        plan = try values.decode(String.self)
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.unkeyedContainer()
        try values.encode(start)
        try values.encode(end)
        try values.encode(price)
        try values.encode(plan)
    }
}
