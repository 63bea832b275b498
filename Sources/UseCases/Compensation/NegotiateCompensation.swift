import Intake
import Ledger
import SLA

/// An amount that was agreed with the customer over the computed one, or over what the measurements leave open (clause 7).
public struct NegotiationRequest: Sendable {
    /// The service's identifier.
    public var service: String
    /// The month.
    public var month: CivilMonth
    /// The amount, as it was written.
    public var amount: String
    /// Why.
    public var reason: String

    /// A request.
    public init(service: String, month: CivilMonth, amount: String, reason: String) {
        self.service = service
        self.month = month
        self.amount = amount
        self.reason = reason
    }
}

extension Recording {
    /// Records an amount that was agreed with the customer; it goes over the computed one.
    ///
    /// - Throws: `Unknown`, `InvalidRequest`, `LedgerError`; nothing is then recorded.
    public func negotiateCompensation(_ request: NegotiationRequest) throws -> NegotiationReceipt {
        var compensation = catalog.agreement.compensation
        var found: MonthFigures?
        let recorded = try ledger.record { snapshot in
            let figures = try figures(of: request.service, in: request.month, snapshot)
            found = figures
            // What judges the month says how much that can be.
            compensation = figures?.agreement.compensation ?? compensation
            var check = RequestCheck()
            let amount = check.amount(request.amount, in: compensation.currency)
            let refusals = Negotiation.refusals(
                of: amount, begin: calendar.interval(of: request.month).start, verdict: figures?.verdict,
                price: figures?.service.price, under: compensation, now: now)
            for refusal in refusals {
                check.add(refusal, amount: request.amount, of: request.service, in: request.month)
            }
            check.notBlank(.reason, request.reason)
            check.name(by)
            return [
                .negotiation(
                    Negotiation(
                        month: request.month, service: request.service, amount: try check.finish(amount),
                        reason: request.reason, recordedAt: now, recordedBy: by))
            ]
        }
        return NegotiationReceipt(
            recorded, verdict: found?.verdict, credit: found?.credit, currency: compensation.currency, in: calendar.zone
        )
    }

    /// Records that what was negotiated for a month counts no longer: the computed amount counts again.
    ///
    /// - Throws: `Unknown`, `InvalidRequest`, `LedgerError`; nothing is then recorded.
    public func withdrawNegotiation(
        of service: String, in month: CivilMonth, reason: String
    ) throws -> NegotiationReceipt {
        let recorded = try ledger.record { snapshot in
            var check = RequestCheck()
            check.notBlank(.reason, reason)
            check.name(by)
            _ = try everKnown(in: snapshot).requiredService(service)
            if Negotiation.inForce(try snapshot.negotiations(), of: service, in: month, asOf: now) == nil {
                check.add(.month, "nothing is negotiated for \(service) in \(month)", isOfRecord: true)
            }
            try check.finish()
            return [
                .negotiation(
                    Negotiation(
                        month: month, service: service, amount: nil, reason: reason, recordedAt: now, recordedBy: by))
            ]
        }
        return NegotiationReceipt(
            recorded, verdict: nil, credit: nil, currency: catalog.agreement.compensation.currency, in: calendar.zone)
    }

    /// The figures of `service` for `month` as they are now; nil where it is no longer configured, and was not paid
    /// for in the month.
    func figures(
        of service: String, in month: CivilMonth, _ snapshot: LedgerSnapshot
    ) throws -> MonthFigures? {
        _ = try everKnown(in: snapshot).requiredService(service)
        let inputs = try snapshot.inputs(of: month, asOf: now, configured: catalog, now: now)
        return try inputs.catalog.service(service).map { service in
            try inputs.figures(of: service) { try snapshot.timeline(of: $0, for: $1) }
        }
    }
}

extension RequestCheck {
    /// Notes why `amount`, as it was written, cannot be agreed for `service` in `month`.
    mutating func add(_ refusal: NegotiationRefusal, amount: String, of service: String, in month: CivilMonth) {
        switch refusal {
        case .amount(let refusal): add(.amount, "found \(Diagnostic.quoted(amount)), \(refusal)")
        case .monthAhead: add(.month, "\(month) lies in the future")
        case .notPaidFor: add(.month, "\(service) was not paid for in \(month), so nothing can be due")
        }
    }
}
