import Ledger
import Reporting
import SLA

/// An amount that was agreed as compensation, or the end of such an agreement.
public struct NegotiationReceipt: Receipt {
    /// The agreement, as it was recorded.
    public let negotiation: Negotiation
    /// The amount that it goes over; nil where none would be due.
    public let computed: Amount?
    /// What it settles, where the measurements left that open; nil where nothing was.
    public let range: CreditRange?
    private let verdict: Verdict?
    private let currency: String?
    private let zone: TimeZoneRules

    /// What was agreed, by whom and why.
    public static let columns = JSONColumns([
        "service", "month", "amount", "currency", "computed_amount", "reason", "recorded_at", "recorded_by",
    ])

    init(_ recorded: Recorded, verdict: Verdict?, credit: Credit?, currency: String?, in zone: TimeZoneRules) {
        negotiation = recorded.last { if case .negotiation(let negotiation) = $0 { negotiation } else { nil } }
        self.verdict = verdict
        computed = credit?.computed
        range = if case .toSettle(let range) = credit?.basis { range } else { nil }
        self.currency = currency
        self.zone = zone
    }

    /// What a person should know besides.
    public var remarks: [FieldMessage] {
        let whose = "\(negotiation.service) in \(negotiation.month)"
        guard let amount = negotiation.amount else { return ["withdrew what was negotiated for \(whose)"] }
        guard let verdict else { return [] }
        let recorded = "recorded \(AmountText.shown(amount.description, in: currency)) for \(whose)"
        if let computed { return ["\(recorded), over the computed \(AmountText.shown(computed.text))"] }
        if let range {
            let settles = "\(recorded), which settles \(CreditText.text(range, in: nil))"
            return ["\(settles)\(range.contains(amount, in: currency) ? "" : ", and lies outside")"]
        }
        return verdict == .breached
            ? ["\(recorded)"] : ["\(recorded), where nothing would be due (\(verdict.rawValue))"]
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "negotiation",
            [
                "service": .text(negotiation.service), "month": .text(negotiation.month.description),
                "amount": JSONValue(number: negotiation.amount?.description), "currency": JSONValue(currency),
                "computed_amount": JSONValue(number: computed?.text), "reason": .text(negotiation.reason),
                "recorded_at": .instant(negotiation.recordedAt, zone),
                "recorded_by": .text(negotiation.recordedBy),
            ])
    }
}
