import SLA

/// The figures of a month, as plain values that two calculations can be compared by.
package struct Row: Equatable, Sendable {
    package var committed: Int64 = 0
    package var up: Int64 = 0
    package var down: Int64 = 0
    package var unmeasured: Int64 = 0
    /// In ms, in the order of the categories.
    package var excluded: [Int64] = [0, 0, 0, 0, 0, 0]
    package var outages: [Range<Int64>] = []
    package var longestOutage: Int64 = 0
    package var transients = 0
    package var availability: Share?
    package var minimum: Share?
    package var maximum: Share?
    package var verdict = ""
    package var certainty: String?
    /// The identifiers, sorted.
    package var admitted: [String] = []
    /// The identifiers with the reasons, sorted.
    package var refused: [String] = []
    /// Nil where the whole month holds more ticks than are worth looking at.
    package var budget: Allowance?

    /// A share of time in lowest terms, with its percentage as printed.
    package struct Share: Equatable, Sendable {
        package let numerator: Int64
        package let denominator: Int64
        package let text: String

        package init(_ numerator: Int64, _ denominator: Int64, text: String) {
            var (divisor, rest) = (denominator, numerator)
            while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
            self.numerator = numerator / divisor
            self.denominator = denominator / divisor
            self.text = text
        }
    }

    /// The downtime that the whole month allows, and what is left of it.
    package struct Allowance: Equatable, Sendable {
        package let allowed: Int64
        package let remaining: Int64
    }
}

extension Row {
    /// The figures that the implementation states.
    package init(_ figures: MonthFigures) {
        func share(_ ratio: Ratio?) -> Share? {
            ratio.map { Share($0.numerator, $0.denominator, text: $0.percentText) }
        }
        let partition = figures.partition
        committed = partition.committed.length
        up = partition.up.length
        down = partition.down.length
        unmeasured = partition.unmeasured.length
        excluded = ExclusionCategory.allCases.map { partition.excluded[$0]?.length ?? 0 }
        outages = figures.outages.map { $0.start.milliseconds..<$0.end.milliseconds }
        longestOutage = figures.longestOutage
        transients = figures.transients.count
        availability = share(figures.availability)
        minimum = share(figures.availabilityMin)
        maximum = share(figures.availabilityMax)
        verdict = figures.verdict.rawValue
        certainty = figures.certainty?.rawValue
        admitted = figures.admitted.map(\.id).sorted()
        refused = figures.refused.map { refused in
            switch refused.refusal {
            case .noNotice: "\(refused.exclusion.id): no notice"
            case .noEvidence: "\(refused.exclusion.id): no evidence"
            case .lateNotice(let lead, let required): "\(refused.exclusion.id): \(lead) of \(required) ms"
            case .earlyNotice(let lead, let most): "\(refused.exclusion.id): \(lead) over \(most) ms"
            case .unprovenNotice: "\(refused.exclusion.id): unproven notice"
            }
        }.sorted()
    }
}
