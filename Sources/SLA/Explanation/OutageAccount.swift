/// What became of an outage: how much of it counts, and what took the rest away.
public struct OutageAccount: Hashable, Sendable {
    /// The outage, before any exclusion.
    public let outage: Interval
    /// What counts as down, in ms.
    public let counted: Milliseconds
    /// What exclusions hold of it, in order of time.
    public let excluded: [Part]

    /// A part of an outage that is excluded.
    public struct Part: Hashable, Sendable {
        /// The time.
        public let interval: Interval
        /// The case.
        public let category: ExclusionCategory
        /// The exclusions that hold it.
        public let exclusions: [String]
    }
}

/// What an exclusion that is not admitted would have taken out of the figures, in ms.
public struct ForgoneTime: Hashable, Sendable {
    /// Of what counts as down.
    public let down: Milliseconds
    /// Of what counts as up; nothing with `forgiven`, where up stays up.
    public let up: Milliseconds
    /// Of what nobody knows; nothing with `forgiven`.
    public let unmeasured: Milliseconds
}

extension MonthFigures {
    /// The account of each of ``outages``.
    ///
    /// - Parameter spans: all of ``explained(by:)``.
    public func accounts(of spans: [ExplainedSpan]) -> [OutageAccount] {
        outages.map { outage in
            let first = spans.partitionPoint { $0.interval.end > outage.start }
            var counted: Milliseconds = 0
            var excluded: [OutageAccount.Part] = []
            for span in spans[first...] {
                guard let piece = span.interval.intersection(outage) else { break }
                switch span.reason {
                case .down: counted += piece.length
                case .excluded(let category, let ids):
                    excluded.append(OutageAccount.Part(interval: piece, category: category, exclusions: ids))
                case .up, .unmeasured: break
                }
            }
            return OutageAccount(outage: outage, counted: counted, excluded: excluded)
        }
    }

    /// What `refused` would have taken, had it been admitted beside those that are.
    public func forgone(by refused: RefusedExclusion) -> ForgoneTime {
        let time = refused.exclusion.time(of: service)
        func held(_ set: IntervalSet) -> Milliseconds { set.intersection(time).length }
        return switch agreement.excludedTime {
        case .removed:
            ForgoneTime(down: held(partition.down), up: held(partition.up), unmeasured: held(partition.unmeasured))
        case .forgiven:
            ForgoneTime(down: held(partition.down), up: 0, unmeasured: 0)
        }
    }
}
