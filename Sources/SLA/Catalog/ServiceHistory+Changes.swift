extension ServiceHistory {
    /// One thing that became known of a service's paid time.
    public struct Change: Hashable, Sendable {
        /// Who declared it.
        public enum Source: String, Hashable, Sendable {
            /// The configuration's, or its silence.
            case configuration
            /// The billing system's.
            case billing
            /// A correction: time that was never paid for.
            case withdrawal
            /// The end of such a correction.
            case reinstatement
        }

        /// When it became known.
        public let at: Instant
        /// Who declared it.
        public let source: Source
        /// Who recorded it; empty where it is in the configuration and not recorded yet.
        public let by: String
        /// Whether it counts as known from the beginning.
        public let isFirst: Bool
        /// The withdrawal that it is about; nil for the other sources.
        public let id: String?
        /// The time that is declared, or withdrawn.
        public let terms: [PaidTerm]
        /// Why a withdrawal was made or ended; nil for the other sources.
        public let reason: String?
    }

    /// What became known by `asOf`, in the order in which it did.
    public func changes(asOf: Instant) -> [Change] {
        let bills = billed.map { bill in
            let terms = bill.terms.map { PaidTerm(interval: $0.interval, price: $0.price, plan: $0.plan) }
            return Change(
                at: bill.recordedAt, source: .billing, by: bill.recordedBy, isFirst: false, id: nil, terms: terms,
                reason: nil)
        }
        let configured = records.map { record in
            let terms = record.service.map { service in
                service.paid.intervals.map { PaidTerm(interval: $0, price: service.price, plan: "") }
            }
            return Change(
                at: record.recordedAt, source: .configuration, by: record.recordedBy, isFirst: false, id: nil,
                terms: terms ?? [], reason: nil)
        }
        let corrections = withdrawals.flatMap { withdrawal in
            let terms = [PaidTerm(interval: withdrawal.interval, price: nil, plan: "")]
            let made = Change(
                at: withdrawal.recordedAt, source: .withdrawal, by: withdrawal.recordedBy, isFirst: false,
                id: withdrawal.id, terms: terms, reason: withdrawal.reason)
            let ended = withdrawal.reinstatement.map { end in
                Change(
                    at: end.at, source: .reinstatement, by: end.by, isFirst: false, id: withdrawal.id, terms: terms,
                    reason: end.reason)
            }
            return [made] + (ended.map { [$0] } ?? [])
        }
        let declared = (bills + configured).inOrder(of: \.at)
        let first = declared.first.map { first in
            Change(
                at: first.at, source: first.source, by: first.by, isFirst: true, id: nil, terms: first.terms,
                reason: nil)
        }
        let later = (Array(declared.dropFirst()) + corrections).filter { $0.at <= asOf }
        return ((first.map { [$0] } ?? []) + later).inOrder(of: \.at)
    }
}

extension ServiceHistory {
    /// The paid time with its prices as it came to be known by `asOf`, a whole list at each instant at which it was
    /// declared otherwise: as the lists of a billing system, they fold to the same paid time and the same prices, without
    /// the withdrawals, at every instant of knowledge (rules 1 to 3 and 6).
    ///
    /// - Parameter id: the service's identifier.
    public func lists(of id: String, asOf: Instant) -> [BilledTerms] {
        let known = changes(asOf: asOf).filter { $0.source == .configuration || $0.source == .billing }
        var lists: [BilledTerms] = []
        for change in known {
            let terms = terms(of: paidBeforeWithdrawal(asOf: change.at), asOf: change.at)
                .map { BilledTerm(interval: $0.interval, price: $0.price, plan: $0.plan) }
            let next = BilledTerms(
                service: id, terms: terms, recordedAt: change.at, recordedBy: change.by)
            // Of one instant the last says all that the others do.
            if lists.last?.recordedAt == next.recordedAt { lists.removeLast() }
            if lists.last?.terms != next.terms { lists.append(next) }
        }
        return lists
    }
}
