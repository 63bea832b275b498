import SLA

/// The figures of a statement, as plain values that two calculations can be compared by.
struct Row: Equatable, Sendable {
    var committed: Int64 = 0
    var up: Int64 = 0
    var down: Int64 = 0
    var unmeasured: Int64 = 0
    /// In ms, in the order of the categories.
    var excluded: [Int64] = [0, 0, 0, 0, 0, 0]
    var outages: [Range<Int64>] = []
    var longestOutage: Int64 = 0
    var transients = 0
    var availability: Share?
    var minimum: Share?
    var maximum: Share?
    var verdict = ""
    var certainty: String?
    /// The identifiers, sorted.
    var admitted: [String] = []
    /// The identifiers with the reasons, sorted.
    var refused: [String] = []
    /// Nil where the whole month holds more ticks than are worth looking at.
    var budget: Allowance?

    /// A share of time in lowest terms, with its percentage as printed.
    struct Share: Equatable, Sendable {
        let numerator: Int64
        let denominator: Int64
        let text: String

        init(_ numerator: Int64, _ denominator: Int64, text: String) {
            var (divisor, rest) = (denominator, numerator)
            while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
            self.numerator = numerator / divisor
            self.denominator = denominator / divisor
            self.text = text
        }
    }

    /// The downtime that the whole month allows, and what is left of it.
    struct Allowance: Equatable, Sendable {
        let allowed: Int64
        let remaining: Int64
    }
}

extension Row {
    /// The figures that the implementation states.
    init(_ statement: Statement) {
        func share(_ ratio: Ratio?) -> Share? {
            ratio.map { Share($0.numerator, $0.denominator, text: $0.percentText) }
        }
        let partition = statement.partition
        committed = partition.committed.length
        up = partition.up.length
        down = partition.down.length
        unmeasured = partition.unmeasured.length
        excluded = ExclusionCategory.allCases.map { partition.excluded[$0]?.length ?? 0 }
        outages = statement.outages.map { $0.start.milliseconds..<$0.end.milliseconds }
        longestOutage = statement.longestOutage
        transients = statement.transients.count
        availability = share(statement.availability)
        minimum = share(statement.availabilityMin)
        maximum = share(statement.availabilityMax)
        verdict = statement.verdict.rawValue
        certainty = statement.certainty?.rawValue
        admitted = statement.admitted.map(\.id).sorted()
        refused = statement.refused.map { refused in
            switch refused.refusal {
            case .noNotice: "\(refused.exclusion.id): no notice"
            case .noEvidence: "\(refused.exclusion.id): no evidence"
            case .lateNotice(let lead, let required): "\(refused.exclusion.id): \(lead) of \(required) ms"
            }
        }.sorted()
    }
}
