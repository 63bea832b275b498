import SLA

/// The figures of a month with every span of its committed time, why it counts as it does, and the samples that say so.
public struct Explanation: Sendable {
    /// A span, and what the evidence adds to it.
    public struct Line: Sendable {
        /// The span.
        public let span: ExplainedSpan
        /// What the first probe inside that was not up said; nil where nothing is recorded.
        public let evidence: String?
        /// The samples at its ends, of each check.
        public let ends: [Ends]

        /// A span with its evidence.
        public init(span: ExplainedSpan, evidence: String?, ends: [Ends]) {
            self.span = span
            self.evidence = evidence
            self.ends = ends
        }
    }

    /// The samples of one check between which a span lies.
    public struct Ends: Sendable {
        /// The check.
        public let check: String
        /// Whether it is part of the figures; one that is not tells what another way to the service saw.
        public let counts: Bool
        /// The last sample at the span's beginning or before it; nil where there is none.
        public let first: Observation?
        /// The first at its end or after it; nil where none is known.
        public let next: Observation?

        /// The samples `first` and `next` of `check`.
        public init(check: String, counts: Bool = true, first: Observation?, next: Observation?) {
            self.check = check
            self.counts = counts
            self.first = first
            self.next = next
        }
    }

    let figures: MonthFigures
    let lines: [Line]
    let agreement: Agreement
    let accounts: [OutageAccount]
    let windows: [WorstWindow]

    /// The explanation of `figures` by `lines`, which are all its spans in order.
    public init(_ figures: MonthFigures, lines: [Line], under agreement: Agreement) {
        self.figures = figures
        self.lines = lines
        self.agreement = agreement
        accounts = figures.accounts(of: lines.map(\.span))
        windows = WorstWindow.all(
            of: [figures.partition], in: figures.period.past(in: agreement.calendar, asOf: figures.asOf))
    }

    var zone: TimeZoneRules { agreement.calendar.zone }

    func text(_ instant: Instant) -> String { RFC3339.text(instant, in: zone) }

    // MARK: - Wording

    /// The class, by its name in the report.
    static func className(_ reason: ExplainedSpan.Reason) -> String {
        switch reason {
        case .up: "up"
        case .down: "down"
        case .unmeasured: "unmeasured"
        case .excluded: "excluded"
        }
    }

    /// The clauses that a class rests on; nil for what nobody knows.
    static func clauses(_ reason: ExplainedSpan.Reason) -> String? {
        switch reason {
        case .up, .down: "2"
        case .unmeasured: nil
        case .excluded(let category, _): category.clauses
        }
    }

    /// Why the span counts as it does.
    func why(_ line: Line) -> String {
        switch line.span.reason {
        case .up: "answered as expected"
        case .down:
            (corrections(.downtime, over: line).map { "recorded as down by \($0)" }
                ?? "confirmed outage" + (line.evidence.map { ": \($0)" } ?? ""))
                + line.span.unexcused.map { "; \($0.reason(in: zone))" }.joined()
        case .unmeasured(.unconfirmed): "failures too few to confirm" + (line.evidence.map { ": \($0)" } ?? "")
        case .unmeasured(.unknown): "the monitor could not tell" + (line.evidence.map { ": \($0)" } ?? "")
        case .unmeasured(.void): "void: " + (corrections(.void, over: line) ?? "the monitor measured wrongly")
        case .unmeasured(.noSample): "no sample speaks for it"
        case .excluded(let category, let ids):
            "\(category.rawValue), clause \(category.clauses), by \(ids.joined(separator: ", "))"
        }
    }

    /// The corrections of `kind` that hold the beginning of a span, each with its reason; nil where none does.
    private func corrections(_ kind: Correction.Kind, over line: Line) -> String? {
        let own = figures.corrections.filter { $0.kind == kind && $0.interval.contains(line.span.interval.start) }
        return own.isEmpty ? nil : own.map { "\($0.id), \($0.reason)" }.joined(separator: "; ")
    }

    /// How an outage was counted: all of it, or what part and what took the rest.
    func account(_ account: OutageAccount) -> String {
        guard !account.excluded.isEmpty else { return "all of it counts as down" }
        let parts = account.excluded.map { part in
            "\(DurationText.spoken(part.interval.length)) from \(text(part.interval.start)) is excluded by "
                + "\(part.exclusions.joined(separator: ", ")) (\(part.category.rawValue), clause \(part.category.clauses))"
        }
        let counted =
            account.counted == 0 ? "none of it counts" : "\(DurationText.spoken(account.counted)) counts as down"
        return counted + "; " + parts.joined(separator: "; ")
    }

    /// What a refused exclusion would have taken away.
    func forgone(_ refused: RefusedExclusion) -> String {
        let time = figures.forgone(by: refused)
        let parts = [("down", time.down), ("up", time.up), ("unmeasured", time.unmeasured)]
            .filter { $0.1 > 0 || $0.0 == "down" }
            .map { "\(DurationText.seconds($0.1)) s of \($0.0)" }
        return "it would have taken away " + parts.joined(separator: ", ")
    }

    /// Why a transient is none of the outages.
    var whyTransient: String {
        let needed = Set(figures.service.checks.map(\.confirm)).sorted().map(String.init).joined(separator: " or ")
        return "fewer failures in a row than the \(needed) that confirm an outage: too short to count"
    }
}
