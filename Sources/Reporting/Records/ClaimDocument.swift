import SLA

/// Customers' claims, as `availd claim list` shows them (clause 7).
public struct ClaimDocument: Document {
    private let claims: [Claim]
    private let catalog: Catalog

    /// The document of `claims`, in their order; `catalog` has their services.
    public init(_ claims: [Claim], catalog: Catalog) {
        self.claims = claims
        self.catalog = catalog
    }

    private var zone: TimeZoneRules { catalog.agreement.calendar.zone }
    private var currency: String? { catalog.agreement.compensation.currency }
    private func customer(_ claim: Claim) -> String { catalog.service(claim.service)?.customer ?? "" }

    /// A row for each step of each claim.
    public var csv: String {
        CSVWriter.table(
            [
                "id", "month", "incident", "customer", "service", "status", "step", "amount", "currency", "text",
                "evidence", "at", "by",
            ],
            claims.flatMap { claim in
                claim.steps.map { step in
                    [
                        claim.id, claim.month.description, claim.incident ?? "", customer(claim), claim.service,
                        Self.status(claim), step.kind.rawValue, step.amount?.description ?? "", currency ?? "",
                        step.text, step.evidence, RFC3339.text(step.at, in: zone), step.by,
                    ]
                }
            })
    }

    /// A table, and below it what was said.
    public var text: String {
        if claims.isEmpty { return "No claim is on record.\n" }
        var table = TextTable([
            ("ID", .left), ("MONTH", .left), ("FOR", .left), ("CUSTOMER", .left), ("SERVICE", .left), ("ASKED", .right),
            ("OFFERED", .right), ("AGREED", .right), ("STATUS", .left),
        ])
        for claim in claims {
            func amount(_ kind: Claim.Step.Kind) -> String {
                claim.last(kind)?.amount.map { AmountText.shown($0.description, in: currency) } ?? "-"
            }
            table.add([
                claim.id, claim.month.description, claim.incident ?? "month", customer(claim), claim.service,
                amount(.opened), amount(.answered), amount(.settled), Self.status(claim),
            ])
        }
        let contracts = Set(claims.map(\.service)).sorted().compactMap { ContractText.line(of: $0, in: catalog) }
        return table.text + (contracts.isEmpty ? "" : "\n" + contracts.map { "\($0)\n" }.joined())
            + "\n" + claims.map { Self.history($0, in: zone, currency: currency) }.joined()
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject("claims", ["claims": .list(claims.map { .object(Self.members($0, in: catalog)) })])
    }

    /// `opened`, `answered` or `settled`, by the last step.
    static func status(_ claim: Claim) -> String { claim.steps.last?.kind.rawValue ?? "" }

    /// What was said of `claim`, a line a step.
    static func history(_ claim: Claim, in zone: TimeZoneRules, currency: String?) -> String {
        claim.steps.map { step in
            let amount = step.amount.map { " \(AmountText.shown($0.description, in: currency))" } ?? ""
            let evidence = step.evidence.isEmpty ? "" : " (\(step.evidence))"
            return
                "  \(RFC3339.text(step.at, in: zone)) \(claim.id) of \(claim.service): \(step.kind.rawValue)\(amount) by "
                + "\(step.by): \(step.text)\(evidence)\n"
        }.joined()
    }

    /// One of them for programs.
    public static func members(_ claim: Claim, in catalog: Catalog) -> [String: JSONValue] {
        let (zone, service) = (catalog.agreement.calendar.zone, catalog.service(claim.service))
        let contract = ContractText.contract(of: claim.service, in: catalog)
        return [
            "id": .text(claim.id), "month": .text(claim.month.description), "incident": JSONValue(claim.incident),
            "customer": JSONValue(service?.customer), "service": .text(claim.service), "status": .text(status(claim)),
            "currency": JSONValue(catalog.agreement.compensation.currency),
            "contract_number": JSONValue(contract?.number), "contract_from": JSONValue(contract?.from?.description),
            "contract_to": JSONValue(contract?.to?.description),
            "steps": .list(
                claim.steps.map { step in
                    .object([
                        "kind": .text(step.kind.rawValue), "amount": JSONValue(number: step.amount?.description),
                        "text": .text(step.text), "evidence": .text(step.evidence), "at": .instant(step.at, zone),
                        "by": .text(step.by),
                    ])
                }),
        ]
    }
}
