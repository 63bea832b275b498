import Reporting
import SLA

/// A claim, as it is after something was said of it.
public struct ClaimReceipt: Receipt {
    /// The claim with all its steps.
    public let claim: Claim
    private let catalog: Catalog
    private let found: [FieldMessage]

    /// The claim, and its last step.
    public static let columns = JSONColumns([
        "id", "month", "incident", "customer", "service", "status", "currency", "contract_number", "contract_from",
        "contract_to",
    ])

    init(_ claim: Claim, catalog: Catalog, remarks: [FieldMessage]) {
        self.claim = claim
        self.catalog = catalog
        found = remarks
    }

    /// Its identifier.
    public var text: String { claim.id + "\n" }

    /// What a person should know besides.
    public var remarks: [FieldMessage] {
        guard let last = claim.steps.last else { return found }
        let amount = last.amount.map {
            " \(AmountText.shown($0.description, in: catalog.agreement.compensation.currency))"
        }
        let subject = claim.incident.map { "\($0), \(claim.month)" } ?? "\(claim.month)"
        return ["\(claim.id) of \(claim.service) for \(subject): \(last.kind.rawValue)\(amount ?? "")"] + found
    }

    /// The same for programs.
    public var json: JSONObject { JSONObject("claim", ClaimDocument.members(claim, in: catalog)) }
}
