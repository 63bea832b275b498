/// What is wrong with a kept document: no version of availd has written it so.
public struct InputDocumentError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line or the fact, and what is wrong with it.
    public let description: String
}

extension InputDocument {
    /// The document written as `text`.
    ///
    /// - Throws: ``InputDocumentError`` that names the first line of another form.
    public init(text: String) throws(InputDocumentError) {
        guard text.hasPrefix(Self.heading), text.hasSuffix("\n") else {
            throw InputDocumentError(description: "the inputs have an unknown heading")
        }
        var records: [InputRecord] = []
        var named: Set<[String]> = []
        for line in text.dropFirst(Self.heading.count).split(separator: "\n" as Character) {
            guard let record = InputRecord(line: line) else {
                throw InputDocumentError(description: "line \(records.count + 2) of the inputs is none of theirs")
            }
            guard named.insert([record.kind.rawValue, record.subject]).inserted else {
                throw InputDocumentError(
                    description: "the inputs name \(record.kind.rawValue) \(record.subject) twice")
            }
            records.append(record)
        }
        self.init(records: records)
    }

    /// The inputs that the document was made of, as far as the figures read them: they give the same digits.
    ///
    /// - Throws: ``InputDocumentError`` that names the first fact that cannot be.
    public func inputs() throws(InputDocumentError) -> FigureInputs {
        guard let record = records.first(where: { $0.kind == .month }), let month = CivilMonth(record.subject) else {
            throw InputDocumentError(description: "the inputs name no month")
        }
        let head = InputRecordReading(record)
        let asOf = try head.instant("as_of")
        let first = try agreement(of: month, asOf: asOf, offset: try head.offset("as_of_offset_ms"))
        let agreement = try agreement(since: first)
        let services = try services(agreement.calendar)
        let customers = Set(services.map(\.customer)).sorted().map { Customer(id: $0) }
        var exclusions: [Exclusion] = []
        for record in records where record.kind == .exclusion {
            exclusions.append(try InputRecordReading(record).exclusion())
        }
        let settlements = try settlements(of: month)
        var corrections: [Correction] = []
        for record in records where record.kind == .correction {
            corrections.append(try InputRecordReading(record).correction())
        }
        var passEnds: [PassEnd] = []
        for record in records where record.kind == .pass {
            passEnds.append(try InputRecordReading(record).passEnd())
        }
        var paidBefore: [String: IntervalSet] = [:]
        for record in records where record.kind == .service && record["paid_before_withdrawal"] != nil {
            paidBefore[record.subject] = try InputRecordReading(record).intervals("paid_before_withdrawal")
        }
        return FigureInputs(
            month: month, asOf: asOf,
            catalog: Catalog(agreement: agreement, customers: customers, services: services), exclusions: exclusions,
            settlements: settlements, corrections: corrections, passEnds: passEnds,
            paidBeforeWithdrawal: paidBefore,
            rulesBeforeCorrection: try rules(.ruleBeforeCorrection, agreement.calendar),
            samplesFrom: try head.optionalInstant("samples_from"))
    }

    private func settlements(of month: CivilMonth) throws(InputDocumentError) -> Settlements {
        var settlements = Settlements()
        for record in records {
            let reading = InputRecordReading(record)
            switch record.kind {
            case .negotiation: settlements.negotiations.append(try reading.negotiation(of: month))
            case .claim: settlements.claims.append(try reading.claim(of: month))
            case .acceptance: settlements.acceptances.append(try reading.acceptance(of: month))
            default: break
            }
        }
        return settlements
    }

    private func agreement(
        of month: CivilMonth, asOf: Instant, offset: Milliseconds
    ) throws(InputDocumentError) -> Agreement {
        let (notice, compensation) = (try agreement("notice"), try agreement("compensation"))
        var tiers: [Compensation.Tier] = []
        for word in compensation.words("tiers") {
            let (below, percent) = try compensation.pair(word, ":") { InputRecordReading.notNegative($0) }
            tiers.append(Compensation.Tier(below: below, percent: percent))
        }
        return Agreement(
            objective: try agreement("objective").value("percent") { ExactDecimal($0) },
            calendar: CivilCalendar(zone: try zone(about: month, asOf: asOf, offset: offset)),
            excludedTime: try agreement("excluded_time").value("rule", ExcludedTime.init(rawValue:)),
            notice: NoticeLead(
                scheduled: try notice.duration("scheduled_ms"), emergency: try notice.duration("emergency_ms"),
                recurringAtMost: try notice.optionalDuration("recurring_at_most_ms")
                    ?? NoticeLead().recurringAtMost),
            compensation: Compensation(
                capMonths: Int(try compensation.integer("cap_months", in: 0...Int64(Int32.max))),
                currency: compensation.record["currency"], tiers: tiers,
                // What was closed before there was a choice took the whole price, and paid what was uncertain.
                isProrated: try compensation.optional("prorate") { ["true": true, "false": false][$0] } ?? false,
                uncertain: try compensation.optional("uncertain", Compensation.UncertainMonth.init(rawValue:)) ?? .pay))
    }

    /// `first` with what is written to have changed since.
    private func agreement(since first: Agreement) throws(InputDocumentError) -> Agreement {
        var history = [AgreementRecord(agreement: first, recordedAt: .distantPast, recordedBy: "")]
        var changes: [(at: Instant, reading: InputRecordReading)] = []
        for record in records where record.kind == .agreementChange {
            let reading = InputRecordReading(record)
            changes.append((try reading.agreementChange(), reading))
        }
        var changed = first
        for (at, reading) in changes.sorted(by: { $0.at < $1.at }) {
            for setting in AgreementSetting.ofFigures {
                guard let text = reading.record[setting.rawValue] else { continue }
                guard setting.set(text, in: &changed) else { throw reading.error(setting.rawValue) }
            }
            let by = try reading.value("recorded_by") { $0 }
            history.append(AgreementRecord(agreement: changed, recordedAt: at, recordedBy: by))
        }
        return AgreementHistory(history).agreement(in: first.calendar) ?? first
    }

    /// The zone as the document has it about `month`, and at `asOf`, which may lie far outside: of the changes in
    /// between only the outcome matters.
    private func zone(
        about month: CivilMonth, asOf: Instant, offset: Milliseconds
    ) throws(InputDocumentError) -> TimeZoneRules {
        let timezone = try agreement("timezone")
        var changes: [TimeZoneRules.Transition] = []
        for word in timezone.words("changes") {
            let (at, offset) = try timezone.pair(word, ":") { Int64($0) }
            guard InputRecordReading.instants.contains(at), InputRecordReading.offsets.contains(offset) else {
                throw timezone.error("changes")
            }
            changes.append(TimeZoneRules.Transition(at: Instant(milliseconds: at), offset: offset))
        }
        let zone = TimeZoneRules(
            name: try timezone.value("name") { $0 }, initialOffset: try timezone.offset("offset_ms"),
            transitions: changes)
        if zone.offset(at: asOf) == offset { return zone }
        let kept = Self.zoneStretch(about: CivilCalendar(zone: zone).interval(of: month))
        func change(at instant: Instant, to offset: Milliseconds) -> [TimeZoneRules.Transition] {
            [TimeZoneRules.Transition(at: instant, offset: offset)]
        }
        if asOf < kept.start {
            return TimeZoneRules(
                name: zone.name, initialOffset: offset,
                transitions: change(at: kept.start, to: zone.offset(at: kept.start))
                    + zone.transitions.filter { $0.at > kept.start })
        }
        guard asOf >= kept.end else {
            throw InputDocumentError(
                description: """
                    the inputs say that as_of is \(offset) ms from UTC, and that their zone is \
                    \(zone.offset(at: asOf)) ms
                    """)
        }
        return TimeZoneRules(
            name: zone.name, initialOffset: zone.initialOffset,
            transitions: zone.transitions.filter { $0.at < asOf } + change(at: asOf, to: offset))
    }

    private func agreement(_ subject: String) throws(InputDocumentError) -> InputRecordReading {
        guard let record = records.first(where: { $0.kind == .agreement && $0.subject == subject }) else {
            throw InputDocumentError(description: "the inputs lack the agreement's \(subject)")
        }
        return InputRecordReading(record)
    }

    private func services(_ calendar: CivilCalendar) throws(InputDocumentError) -> [Service] {
        var checks: [String: [Check]] = [:]
        for record in records where record.kind == .check {
            let names = InputRecord.words(of: record.subject)
            guard names.count == 2 else {
                throw InputDocumentError(description: "the inputs name a check \(record.subject)")
            }
            let reading = InputRecordReading(record)
            checks[names[0], default: []].append(
                Check(
                    id: names[1], confirm: Int(try reading.integer("confirm", in: 1...Int64(Int32.max))),
                    staleAfter: try reading.duration("stale_after_ms", atLeast: 1), probe: .unrecorded))
        }
        let rules = try rules(.rule, calendar)
        var services: [Service] = []
        for record in records where record.kind == .service {
            var service = try InputRecordReading(record).service(checks: checks[record.subject] ?? [])
            service.past = rules[service.id]
            services.append(service)
        }
        return services
    }

    /// How services were measured, since when, by what is written as `kind`.
    private func rules(
        _ kind: InputRecord.Kind, _ calendar: CivilCalendar
    ) throws(InputDocumentError) -> [String: MeasuringRules] {
        var steps: [String: [MeasuringRules.Step]] = [:]
        for record in records where record.kind == kind {
            let rule = try InputRecordReading(record).rule()
            steps[rule.service, default: []].append(rule.step)
        }
        return steps.mapValues { MeasuringRules($0.sorted { $0.from < $1.from }, calendar: calendar) }
    }
}
