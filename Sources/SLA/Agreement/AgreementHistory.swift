/// What became known of the agreement, and when (semantics §3.2). What was recorded first counts for all time before.
public struct AgreementHistory: Hashable, Sendable {
    /// What was recorded, in the order in which it became known.
    public let records: [AgreementRecord]

    /// A history; of one instant, what is given last counts. An empty one leaves everything to the configuration.
    public init(_ records: [AgreementRecord] = []) {
        self.records = records.inOrder(of: \.recordedAt)
    }

    /// What was in force at `instant`; nil where nothing is recorded.
    public func record(at instant: Instant) -> AgreementRecord? {
        records.isEmpty ? nil : records[max(0, records.partitionPoint { $0.recordedAt > instant } - 1)]
    }

    /// What of it was known at `asOf`, each change once; at least the first. Where nothing is recorded, what the
    /// configuration says counts for all time.
    ///
    /// - Parameter known: since when what is `configured` is known; nil where `asOf` lies before that.
    public func known(asOf: Instant, configured: Agreement, since known: Instant?) -> AgreementHistory {
        var all = records.filter { $0.recordedAt <= asOf }
        if all.isEmpty { all = Array(records.prefix(1)) }
        if all.isEmpty || known != nil {
            let last = all.last?.recordedAt
            all.append(
                AgreementRecord(
                    agreement: configured, recordedAt: max(known ?? asOf, last ?? .distantPast), recordedBy: ""))
        }
        return AgreementHistory(all).changes
    }

    /// The same without records that say what the one before them says.
    private var changes: AgreementHistory {
        var kept: [AgreementRecord] = []
        for record in records where record.agreement != kept.last?.agreement { kept.append(record) }
        return AgreementHistory(kept)
    }

    /// Those in force at any of `instants`, each change once.
    func inForce(at instants: some Sequence<Instant>) -> AgreementHistory {
        let asked = Set(instants.compactMap { record(at: $0) })
        return AgreementHistory(records.filter(asked.contains)).changes
    }

    /// The last of them with all before it as its past, by the clocks of `calendar`; nil where nothing is recorded.
    public func agreement(in calendar: CivilCalendar) -> Agreement? {
        guard var agreement = records.last?.agreement else { return nil }
        agreement.calendar = calendar
        agreement.past = records.count > 1 ? self : nil
        return agreement
    }
}

extension Agreement {
    /// What was in force, each with its time, in order; what was first from the beginning of time on.
    var times: [(agreement: Agreement, time: Interval)] {
        guard let past else { return [(self, .always)] }
        var begin = Instant.distantPast
        return past.records.indices.compactMap { index in
            let isLast = index + 1 == past.records.count
            let end = isLast ? .distantFuture : past.records[index + 1].recordedAt
            defer { begin = max(begin, end) }
            return Interval(begin, end).map { (past.records[index].agreement, $0) }
        }
    }

    /// What became known of it, at least what is so now; what was always so from the beginning of time on.
    var history: AgreementHistory {
        past ?? AgreementHistory([AgreementRecord(agreement: self, recordedAt: .distantPast, recordedBy: "")])
    }

    /// What was in force at `instant`: itself where it never changed. It knows the same past.
    public func at(_ instant: Instant) -> Agreement {
        guard let past, var agreement = past.record(at: instant)?.agreement else { return self }
        agreement.calendar = calendar
        agreement.past = past
        return agreement
    }

    /// What judges a service that is `paid` for in `period`: what is in force at its first committed instant there, or,
    /// where nothing is committed, at the period's beginning.
    public func judging(_ paid: IntervalSet, in period: Interval) -> Agreement {
        past == nil ? self : at(Self.judgement(of: paid, in: period))
    }

    /// The instant whose agreement judges a service that is `paid` for in `period`.
    static func judgement(of paid: IntervalSet, in period: Interval) -> Instant {
        paid.intersection(period).intervals.first?.start ?? period.start
    }
}
