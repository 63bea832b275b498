import Intake
import Ledger
import Reporting
import SLA

/// A correction that is to be recorded: time that was recorded as paid for, and never was (clause 2).
public struct PaidWithdrawalRequest: Sendable {
    /// The service's identifier.
    public var service: String
    /// The first instant.
    public var from: Instant
    /// The first instant after it.
    public var to: Instant
    /// Why.
    public var reason: String

    /// A request.
    public init(service: String, from: Instant, to: Instant, reason: String) {
        self.service = service
        self.from = from
        self.to = to
        self.reason = reason
    }
}

extension Recording {
    /// Records that some time was never paid for.
    ///
    /// - Throws: `Unknown`, `InvalidRequest`, `LedgerError`; nothing is then recorded.
    public func withdrawPaidTime(_ request: PaidWithdrawalRequest) throws -> PaidWithdrawalReceipt {
        var touchesPaidTime = false
        let recorded = try ledger.record { snapshot in
            let history = try snapshot.catalogHistory()
            _ = try history.everKnown(catalog).requiredService(request.service)
            var check = RequestCheck()
            let interval = check.interval(from: request.from, to: request.to)
            check.notBlank(.reason, request.reason)
            check.name(by)
            let withdrawn = try check.finish(interval)
            let paid =
                history.histories(including: catalog, asOf: now, now: now)[request.service]?.paid(asOf: now) ?? .empty
            touchesPaidTime = !paid.intersection(withdrawn).isEmpty
            let withdrawal = PaidWithdrawal(
                id: "", service: request.service, interval: withdrawn, reason: request.reason, recordedAt: now,
                recordedBy: by)
            return [.withdrawal(withdrawal)] + (try newServices(in: snapshot))
        }
        return PaidWithdrawalReceipt(
            withdrawal: recorded.last { if case .withdrawal(let withdrawal) = $0 { withdrawal } else { nil } },
            touchesPaidTime: touchesPaidTime, zone: calendar.zone)
    }

    /// Ends the withdrawal called `id`: the time counts again as the records say.
    ///
    /// - Throws: `InvalidRequest`, `Unknown`, `TermsError`, `LedgerError`; nothing is then recorded.
    public func reinstatePaidTime(_ id: String, reason: String) throws -> ReinstatementReceipt {
        let end = PaidWithdrawal.Reinstatement(at: now, by: by, reason: reason)
        try ledger.record { snapshot in
            var check = RequestCheck()
            check.notBlank(.reason, reason)
            check.name(by)
            try check.finish()
            let withdrawals = try snapshot.paidWithdrawals()
            guard withdrawals.contains(where: { $0.id == id }) else {
                throw Unknown(.withdrawal, id, among: withdrawals.map(\.id))
            }
            return [try PaidWithdrawal.reinstating(id, end, among: withdrawals)]
        }
        return ReinstatementReceipt(id: id, end: end, zone: calendar.zone)
    }
}
