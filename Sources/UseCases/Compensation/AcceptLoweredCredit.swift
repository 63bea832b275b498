import Ledger
import Reporting
import SLA

/// A customer's word that a credit which a statement has named may be lowered (semantics §9).
public struct AcceptanceRequest: Sendable {
    /// The service's identifier.
    public var service: String
    /// The month.
    public var month: CivilMonth
    /// What the customer accepts in its place, at least, as it was written.
    public var amount: String
    /// Why.
    public var reason: String
    /// What proves it.
    public var evidence: String

    /// A request.
    public init(service: String, month: CivilMonth, amount: String, reason: String, evidence: String) {
        self.service = service
        self.month = month
        self.amount = amount
        self.reason = reason
        self.evidence = evidence
    }
}

extension Recording {
    /// Records that a customer accepts a lower credit than a statement has named: an amendment may say it then.
    ///
    /// - Throws: `Unknown`, `InvalidRequest`, `LedgerError`; nothing is then recorded.
    public func acceptLoweredCredit(_ request: AcceptanceRequest) throws -> AcceptanceReceipt {
        let recorded = try ledger.record { snapshot in
            _ = try everKnown(in: snapshot).requiredService(request.service)
            var check = RequestCheck()
            let amount = check.amount(request.amount, in: catalog.agreement.compensation.currency)
            check.notBlank(.reason, request.reason)
            check.notBlank(.evidence, request.evidence, expected: "the customer's letter or the like")
            check.name(by)
            if try snapshot.latestStatementNumber(of: request.month) == nil {
                check.add(.month, "\(request.month) was never closed, so no statement names a credit", isOfRecord: true)
            }
            return [
                .acceptance(
                    Acceptance(
                        month: request.month, service: request.service, amount: try check.finish(amount),
                        reason: request.reason, evidence: request.evidence, recordedAt: now, recordedBy: by))
            ]
        }
        let acceptance: Acceptance = recorded.last {
            if case .acceptance(let acceptance) = $0 { acceptance } else { nil }
        }
        return AcceptanceReceipt(
            acceptance: acceptance, currency: catalog.agreement.compensation.currency, zone: calendar.zone)
    }
}

/// A customer's word that a credit may be lowered, as it was recorded.
public struct AcceptanceReceipt: Receipt {
    /// What was accepted.
    public let acceptance: Acceptance
    let currency: String?
    let zone: TimeZoneRules

    /// What was accepted, by what proof, and who recorded it.
    public static let columns = JSONColumns([
        "service", "month", "amount", "reason", "evidence", "recorded_at", "recorded_by",
    ])

    /// What a person should know besides.
    public var remarks: [FieldMessage] {
        [
            """
            the credit of \(acceptance.service) in \(acceptance.month) may be lowered to \
            \(AmountText.shown(acceptance.amount.description, in: currency))
            """
        ]
    }

    /// The same for programs.
    public var json: JSONObject { JSONObject("acceptance", SettlementDocument.members(acceptance, in: zone)) }
}
