/// The inputs of a month's figures as a text that is the same wherever the inputs are: what a statement keeps, so
/// that it can be computed again when the configuration, the prices and the time zone data are long others.
///
/// It holds what the figures read, and nothing else: paid terms are cut to the month, clock changes to those about
/// it, and exclusions are those that touch it and stand at `as_of`,
/// negotiations those in force then. `docs/format/statement.md` describes it.
public struct InputDocument: Hashable, Sendable {
    /// The facts, by kind, then by subject.
    public let records: [InputRecord]

    static let heading = "availd statement inputs 1\n"

    /// The parts that have a digest of their own.
    public enum Part: String, CaseIterable, Hashable, Sendable {
        case agreement
        case terms
        case exclusions
        case negotiations

        var kinds: Set<InputRecord.Kind> {
            switch self {
            case .agreement: [.agreement, .agreementChange]
            case .terms: [.service, .check, .rule, .ruleBeforeCorrection]
            case .exclusions: [.exclusion, .correction, .pass]
            case .negotiations: [.negotiation, .claim, .acceptance]
            }
        }
    }

    /// The document of `inputs`. A new member of ``FigureInputs`` gets its records here, and is read back in
    /// `InputDocument+Reading.swift`; differences and digests then follow by themselves.
    public init(_ inputs: FigureInputs) { self.init(records: Self.records(of: inputs)) }

    private static func records(of inputs: FigureInputs) -> [InputRecord] {
        let period = inputs.period
        let standing = inputs.exclusions.filter { exclusion in
            exclusion.isInForce(asOf: inputs.asOf) && exclusion.interval.intersection(period) != nil
                && inputs.catalog.services.contains { exclusion.concerns($0) }
        }
        let agreements = Self.agreements(of: inputs, admitting: standing)
        var records = [month(inputs)] + InputRecord.changes(agreements)
        records += agreement(inputs.catalog.agreement.at(agreements.records[0].recordedAt), about: period)
        for service in inputs.catalog.services { records += measured(service, inputs, in: period) }
        records += standing.map(exclusion)
        records += corrections(inputs)
        records += passes(inputs.passEnds, from: inputs.samplesFrom, about: period, asOf: inputs.asOf)
        return records + (inputs.month.map { settlements(inputs, of: $0) } ?? [])
    }

    /// What is paid for of `service`, and how it is measured.
    private static func measured(_ service: Service, _ inputs: FigureInputs, in period: Interval) -> [InputRecord] {
        let contract = service.contract ?? inputs.catalog.customer(service.customer)?.contract
        let before = inputs.paidBeforeWithdrawal[service.id]
        var records = [self.service(service, contract, paidBeforeWithdrawal: before, in: period)]
        let measured = service.rules.steps.last?.checks ?? []
        records += measured.filter(\.counts).map { check($0, of: service) }
        let rules = service.past.map { self.rules($0, of: service, as: .rule) } ?? []
        records += rules.count > 1 ? rules : []
        let uncorrected = inputs.rulesBeforeCorrection[service.id]
        return records + (uncorrected.map { self.rules($0, of: service, as: .ruleBeforeCorrection) } ?? [])
    }

    /// The voids and downtimes that the figures ask about.
    private static func corrections(_ inputs: FigureInputs) -> [InputRecord] {
        let reach = Self.reach(of: inputs)
        return inputs.corrections.filter { correction in
            // A downtime that was revoked counts in what is shown without our own corrections.
            let isKnown = (correction.recordedAt ?? .distantPast) <= inputs.asOf
            return isKnown && (correction.kind == .downtime || correction.isInForce(asOf: inputs.asOf))
                && correction.interval.intersection(reach) != nil
                && inputs.catalog.services.contains { correction.concerns($0) }
        }.map { correction($0, asOf: inputs.asOf) }
    }

    init(records: [InputRecord]) {
        let order = Dictionary(uniqueKeysWithValues: InputRecord.Kind.allCases.enumerated().map { ($1, $0) })
        self.records = records.sorted { a, b in
            (order[a.kind] ?? 0, a.subject) < (order[b.kind] ?? 0, b.subject)
        }
    }

    /// The whole document: a heading with the format's version, then a line for each fact.
    public var text: String { Self.heading + records.map(\.line).joined() }

    /// The lines of `part` alone: what its digest is taken over.
    public func text(of part: Part) -> String {
        records.filter { part.kinds.contains($0.kind) }.map(\.line).joined()
    }

    /// How far about the month clock changes are kept: more than any offset, and the search for a midnight.
    private static let zoneMargin: Milliseconds = 96 * 3_600_000

    /// The time inside which changes of the clocks are kept for the month that lies in `period`.
    static func zoneStretch(about period: Interval) -> Interval {
        Interval(unchecked: period.start - zoneMargin, period.end + zoneMargin)
    }

    private static func month(_ inputs: FigureInputs) -> InputRecord {
        // Clocks may have changed between the month and `as_of`, which every row shows.
        let offset = inputs.catalog.agreement.calendar.zone.offset(at: inputs.asOf)
        return InputRecord(
            .month, inputs.reported.description,
            [
                ("as_of", number(inputs.asOf)), ("as_of_offset_ms", String(offset)),
                ("samples_from", inputs.samplesFrom.map(number)),
            ])
    }

    /// What was in force at the instants that the figures ask about: the first committed one of each service, and those of
    /// the notices of `exclusions` (semantics §3.2).
    private static func agreements(of inputs: FigureInputs, admitting exclusions: [Exclusion]) -> AgreementHistory {
        let paid = inputs.catalog.services.map(\.paid) + inputs.paidBeforeWithdrawal.values
        let judging = paid.map { Agreement.judgement(of: $0, in: inputs.period) }
        let notices = exclusions.filter(\.category.isMaintenance).compactMap(\.noticeAt)
        return inputs.catalog.agreement.history.inForce(at: judging + notices + [inputs.period.start])
    }

    private static func agreement(_ agreement: Agreement, about period: Interval) -> [InputRecord] {
        let (zone, compensation) = (agreement.calendar.zone, agreement.compensation)
        let stretch = zoneStretch(about: period)
        let changes = zone.transitions.filter { stretch.start < $0.at && $0.at < stretch.end }
        return [
            InputRecord(.agreement, "objective", [("percent", agreement.objective.description)]),
            InputRecord(.agreement, "excluded_time", [("rule", agreement.excludedTime.rawValue)]),
            InputRecord(
                .agreement, "notice",
                [
                    ("scheduled_ms", String(agreement.notice.scheduled)),
                    ("emergency_ms", String(agreement.notice.emergency)),
                    // Where it is another than it always is, so that what is kept already stays as it is.
                    (
                        "recurring_at_most_ms",
                        agreement.notice.recurringAtMost == NoticeLead().recurringAtMost
                            ? nil : String(agreement.notice.recurringAtMost)
                    ),
                ]),
            InputRecord(
                .agreement, "compensation",
                [
                    ("cap_months", String(compensation.capMonths)), ("currency", compensation.currency),
                    ("tiers", compensation.tiers.map { "\($0.below):\($0.percent)" }.joined(separator: " ")),
                    ("prorate", String(compensation.isProrated)), ("uncertain", compensation.uncertain.rawValue),
                ]),
            InputRecord(
                .agreement, "timezone",
                [
                    ("name", zone.name), ("offset_ms", String(zone.offset(at: stretch.start))),
                    ("changes", changes.map { "\($0.at.milliseconds):\($0.offset)" }.joined(separator: " ")),
                ]),
        ]
    }

    private static func service(
        _ service: Service, _ contract: ContractReference?, paidBeforeWithdrawal: IntervalSet?, in period: Interval
    ) -> InputRecord {
        InputRecord(
            .service, service.id,
            [
                ("customer", service.customer), ("groups", service.groups.sorted().joined(separator: " ")),
                ("price", service.price?.description), ("prices", prices(service)), ("mode", service.mode.rawValue),
                ("paid", intervals(service.paid.intersection(period))),
                ("paid_before_withdrawal", paidBeforeWithdrawal.map { intervals($0.intersection(period)) }),
                ("contract", contract?.number), ("contract_from", contract?.from?.description),
                ("contract_to", contract?.to?.description),
            ])
    }

    /// Each price with its time, where there are others than the one; what has none is left out.
    private static func prices(_ service: Service) -> String? {
        if service.prices.allSatisfy({ $0.price == service.price }) { return nil }
        return service.prices.compactMap { term in
            term.price.map { "\($0):\(number(term.interval.start))/\(number(term.interval.end))" }
        }.joined(separator: " ")
    }

    private static func check(_ check: Check, of service: Service) -> InputRecord {
        InputRecord(
            .check, service.id + " " + check.id,
            [("confirm", String(check.confirm)), ("stale_after_ms", String(check.staleAfter))])
    }

    /// How it was measured, since when: what the figures read of `rules`.
    private static func rules(
        _ rules: MeasuringRules, of service: Service, as kind: InputRecord.Kind
    ) -> [InputRecord] {
        var last: [String: String] = [:]
        return rules.steps.compactMap { step -> InputRecord? in
            let checks = step.checks.filter(\.counts).map { "\($0.id)/\($0.confirm)/\($0.staleAfter)" }
            let fields = [
                ("customer", step.customer), ("groups", step.groups.sorted().joined(separator: " ")),
                ("mode", step.mode.rawValue), ("checks", checks.joined(separator: " ")),
            ]
            let values = Dictionary(uniqueKeysWithValues: fields)
            defer { last = values }
            return values == last ? nil : InputRecord(kind, "\(service.id) \(number(step.from))", fields)
        }
    }

    private static func exclusion(_ exclusion: Exclusion) -> InputRecord {
        InputRecord(
            .exclusion, exclusion.id,
            [
                ("category", exclusion.category.rawValue),
                ("scope", exclusion.scope.map(\.text).joined(separator: " ")),
                ("from", number(exclusion.interval.start)), ("to", number(exclusion.interval.end)),
                ("notice_at", exclusion.noticeAt.map(number)), ("evidence", exclusion.evidence),
                ("recorded_at", exclusion.recordedAt.map(number)), ("recorded_by", exclusion.recordedBy),
                ("plan", exclusion.plan),
            ])
    }

    /// The time about a month in which a correction may change it: whether a failure at its edge is confirmed takes as
    /// many adjacent samples as confirm one, and nothing beyond them says anything of the month.
    static func reach(of inputs: FigureInputs) -> Interval {
        let margin =
            inputs.catalog.services.flatMap(\.rules.steps).flatMap(\.checks).map {
                Int64($0.confirm + 1) * $0.staleAfter
            }.max() ?? 0
        let start = inputs.samplesFrom ?? inputs.period.start
        return Interval(unchecked: start - margin, inputs.period.end + margin)
    }

    private static func correction(_ correction: Correction, asOf: Instant) -> InputRecord {
        let revocation = correction.revocation.flatMap { $0.at <= asOf ? $0 : nil }
        return InputRecord(
            .correction, correction.id,
            [
                ("kind", correction.kind.rawValue),
                ("scope", correction.scope.map(\.text).joined(separator: " ")),
                ("from", number(correction.interval.start)), ("to", number(correction.interval.end)),
                ("reason", correction.reason), ("evidence", correction.evidence),
                ("recorded_at", correction.recordedAt.map(number)), ("recorded_by", correction.recordedBy),
                ("revoked_at", revocation.map { number($0.at) }),
            ])
    }

    /// The ends of passes that the samples about `period` are read with: a step between two later instants, or two
    /// earlier ones, says nothing of it.
    private static func passes(
        _ ends: [PassEnd], from start: Instant?, about period: Interval, asOf: Instant
    ) -> [InputRecord] {
        var known: [String: InputRecord] = [:]
        for end in ends {
            guard let at = end.at, end.recordedAt <= asOf, at > start ?? period.start,
                end.check != nil || min(at, end.recordedAt) < period.end
            else { continue }
            let subject = (end.check.map { "\($0.service) \($0.check) " } ?? "") + "\(end.pass)"
            known[subject] = InputRecord(
                .pass, subject, [("ends_at", number(at)), ("recorded_at", number(end.recordedAt))])
        }
        return Array(known.values)
    }

    private static func settlements(_ inputs: FigureInputs, of month: CivilMonth) -> [InputRecord] {
        let (said, asOf) = (inputs.settlements, inputs.asOf)
        return inputs.catalog.services.flatMap { service in
            [Negotiation.inForce(said.negotiations, of: service.id, in: month, asOf: asOf).map(Self.negotiation)]
                + said.settledClaims(of: service.id, in: month, asOf: asOf).map(Self.claim)
                + [said.acceptance(of: service.id, in: month, asOf: asOf).map(Self.acceptance)]
        }.compactMap { $0 }
    }

    private static func negotiation(_ negotiation: Negotiation) -> InputRecord {
        InputRecord(
            .negotiation, negotiation.service,
            [
                ("amount", negotiation.amount?.description), ("reason", negotiation.reason),
                ("recorded_at", number(negotiation.recordedAt)), ("recorded_by", negotiation.recordedBy),
            ])
    }

    private static func claim(_ claim: Claim) -> InputRecord? {
        claim.settlement.map { settlement in
            InputRecord(
                .claim, claim.id,
                [
                    ("service", claim.service), ("incident", claim.incident),
                    ("amount", settlement.amount?.description), ("reason", settlement.text),
                    ("evidence", settlement.evidence), ("recorded_at", number(settlement.at)),
                    ("recorded_by", settlement.by),
                ])
        }
    }

    private static func acceptance(_ acceptance: Acceptance) -> InputRecord {
        InputRecord(
            .acceptance, acceptance.service,
            [
                ("amount", acceptance.amount.description), ("reason", acceptance.reason),
                ("evidence", acceptance.evidence), ("recorded_at", number(acceptance.recordedAt)),
                ("recorded_by", acceptance.recordedBy),
            ])
    }

    private static func intervals(_ set: IntervalSet) -> String {
        set.intervals.map { number($0.start) + "/" + number($0.end) }.joined(separator: " ")
    }

    private static func number(_ instant: Instant) -> String { String(instant.milliseconds) }
}
