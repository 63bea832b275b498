extension BilledTerms {
    /// What is recorded of `billed`: the terms of each service that differ from what the billing system said of it
    /// last.
    ///
    /// - Parameter latest: what it said last, by service.
    public static func facts(of billed: [BilledTerms], since latest: [String: BilledTerms]) -> [Fact] {
        billed.filter { latest[$0.service]?.terms != $0.terms }.map(Fact.billedTerms)
    }
}

extension PaidWithdrawal {
    /// What is recorded where the withdrawal called `id` is ended.
    ///
    /// - Parameter withdrawals: all that are recorded.
    /// - Throws: ``TermsError``.
    public static func reinstating(
        _ id: String, _ end: Reinstatement, among withdrawals: [PaidWithdrawal]
    ) throws(TermsError) -> Fact {
        guard let withdrawal = withdrawals.first(where: { $0.id == id }) else { throw .unknown(id: id) }
        if let earlier = withdrawal.reinstatement {
            throw .alreadyReinstated(id: id, at: earlier.at, by: earlier.by, reason: earlier.reason)
        }
        return .reinstatement(withdrawal: id, end)
    }
}
