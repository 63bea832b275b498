/// What holds of a parser whatever it is given, beyond that it comes back: it is fuzzed by `Tests/Fuzz/run.sh`, and
/// `swift test` holds it against the kept inputs.
struct ParserProperty: Sendable {
    /// What it is called in `run.sh` and below `Corpus`.
    let name: String
    /// Holds the parser against one input.
    ///
    /// - Throws: ``Violation`` where the property does not hold.
    let check: @Sendable (UnsafeRawBufferPointer) throws -> Void

    /// Every parser there is, each once.
    static let all: [ParserProperty] = [
        ParserProperty(name: "configuration", check: ConfigurationProperty.checkYAML),
        ParserProperty(name: "inventory", check: ConfigurationProperty.checkInventory),
        ParserProperty(name: "csv", check: CSVProperty.check),
        ParserProperty(name: "exclusions", check: EvidenceProperty.checkExclusions),
        ParserProperty(name: "terms", check: EvidenceProperty.checkTerms),
        ParserProperty(name: "series-map", check: EvidenceProperty.checkSeriesMap),
        ParserProperty(name: "json", check: JSONProperty.check),
        ParserProperty(name: "samples") { try HistoryProperty.check($0, as: .availd) },
        ParserProperty(name: "prometheus") { try HistoryProperty.check($0, as: .prometheus) },
        ParserProperty(name: "uptime-kuma") { try HistoryProperty.check($0, as: .uptimeKuma) },
        ParserProperty(name: "nagios") { try HistoryProperty.check($0, as: .nagios) },
        ParserProperty(name: "tzif", check: TimeZoneProperty.checkFile),
        ParserProperty(name: "posix-tz", check: TimeZoneProperty.checkRule),
        ParserProperty(name: "packed-samples", check: StatementProperty.checkSamples),
        ParserProperty(name: "statement-inputs", check: StatementProperty.checkInputs),
        ParserProperty(name: "url", check: URLProperty.check),
        ParserProperty(name: "pattern", check: PatternProperty.check),
        ParserProperty(name: "stream-search", check: SearchProperty.check),
        ParserProperty(name: "content-coding", check: CodingProperty.check),
        ParserProperty(name: "body-text", check: TextProperty.check),
        ParserProperty(name: "values", check: ValueProperty.check),
    ]
}

/// A property that does not hold.
struct Violation: Error, CustomStringConvertible {
    let description: String
}

/// - Throws: ``Violation`` that says `what` should have been, unless it `holds`.
func demand(_ holds: Bool, _ what: @autoclosure () -> String) throws(Violation) {
    if !holds { throw Violation(description: what()) }
}
