import Ledger
import Reporting
import SLA

extension Recording {
    /// Records the billing system's paid terms, of each service where they differ from what it said last (clause 2).
    ///
    /// - Parameters:
    ///   - terms: all terms of each service, by its identifier.
    ///   - recordCount: how many records they were read from.
    /// - Throws: `InvalidRequest`, `LedgerError`; nothing is then recorded.
    public func importTerms(_ terms: [String: [BilledTerm]], recordCount: Int) throws -> TermsReceipt {
        try Self.requireName(by)
        let billed = terms.sorted { $0.key < $1.key }.map { service, terms in
            BilledTerms(service: service, terms: terms, recordedAt: now, recordedBy: by)
        }
        let recorded = try ledger.record { snapshot in
            try BilledTerms.facts(of: billed, since: snapshot.latestBilledTerms()) + newServices(in: snapshot)
        }
        return TermsReceipt(
            recordCount: recordCount, services: billed.map(\.service),
            changed: recorded.facts.compactMap { if case .billedTerms(let terms) = $0 { terms.service } else { nil } })
    }
}

/// What became of the billing system's terms.
public struct TermsReceipt: Receipt {
    /// How many records were read.
    public let recordCount: Int
    /// The services that they are of.
    public let services: [String]
    /// The services of which something was recorded.
    public let changed: [String]

    /// A row a service.
    public static let columns = JSONColumns(["records"], each: "services", of: ["service", "changed"])

    /// What is printed of it for people.
    public var text: String {
        "read \(recordCount) terms of \(services.count) services: "
            + (changed.isEmpty ? "nothing has changed\n" : "recorded those of \(changed.count)\n")
    }

    /// The same for programs.
    public var json: JSONObject {
        let changed = Set(changed)
        return JSONObject(
            "terms_import",
            [
                "records": JSONValue(recordCount),
                "services": .list(
                    services.map { .object(["service": .text($0), "changed": .flag(changed.contains($0))]) }),
            ])
    }
}
