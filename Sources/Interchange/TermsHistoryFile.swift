import Intake
import SLA

/// `terms.csv` as evidence: what was said to be paid for, since when that is known, and what was withdrawn of it
/// (semantics §2).
public enum TermsHistoryFile {
    private static let required = ["service", "from", "to"]
    private static let optional = ["price", "known_at", "withdrawn_at", "reason"]

    /// Reads the file at `path` (`-` is standard input).
    ///
    /// Where it has no column for prices, they are those of `catalog`.
    ///
    /// - Returns: what became known of the services that it names, by their identifiers.
    /// - Throws: ``InputFailure`` where the file cannot be read; `Diagnostics` naming every bad line.
    public static func histories(path: String, catalog: Catalog) throws -> [String: ServiceHistory] {
        let data = try InputFile.bytes(at: path)
        return try data.withUnsafeBytes { try histories($0, file: path, catalog: catalog) }
    }

    /// Reads the content of such a file that is called `file` in messages.
    public static func histories(
        _ bytes: UnsafeRawBufferPointer, file: String, catalog: Catalog
    ) throws(Diagnostics) -> [String: ServiceHistory] {
        var table = try Table(bytes, file: file, required: required, optional: optional)
        let hasNoPrices = table.column("price") == nil
        var parser = TermsParser(catalog: catalog)
        var lists: [String: TermLists] = [:]
        while table.next() {
            let line = table.reader.line
            let (known, withdrawn) = (table.instant("known_at"), table.instant("withdrawn_at"))
            let reason = table.unguardedText("reason")
            guard let row = parser.row(&table, mayBeEmpty: true), let known, let withdrawn, let reason else { continue }
            var term = row.term
            if hasNoPrices { term?.price = catalog.service(row.service)?.price }
            if term == nil, withdrawn != nil {
                table.report("withdrawn_at", "nothing is declared here that could be withdrawn, expected nothing")
            }
            lists[row.service, default: TermLists()].add(
                term, line: line, knownAt: known ?? .distantPast, withdrawnAt: withdrawn, reason: reason)
        }
        for list in lists.values { list.report(to: &table) }
        try table.check()
        return Dictionary(uniqueKeysWithValues: lists.map { ($0, $1.history(of: $0)) })
    }
}

/// What one service's rows declare, list by list: rows of one `known_at` became known together.
private struct TermLists {
    private var lists: [Instant: [(term: BilledTerm, line: Int)]] = [:]
    private var withdrawals: [PaidWithdrawal] = []

    /// Takes a row; one without a term is a list that declares nothing, or says nothing more of its list.
    mutating func add(_ term: BilledTerm?, line: Int, knownAt: Instant, withdrawnAt: Instant?, reason: String) {
        lists[knownAt, default: []] += term.map { [($0, line)] } ?? []
        guard let term, let withdrawnAt else { return }
        withdrawals.append(
            PaidWithdrawal(
                id: "line \(line)", service: "", interval: term.interval, reason: reason, recordedAt: withdrawnAt,
                recordedBy: ""))
    }

    /// Reports the terms of one list that overlap at different prices.
    func report(to table: inout Table) {
        for list in lists.values { TermsParser.report(list, to: &table) }
    }

    func history(of service: String) -> ServiceHistory {
        ServiceHistory(
            billed: lists.sorted { $0.key < $1.key }.map { known, list in
                BilledTerms(service: service, terms: list.map(\.term), recordedAt: known, recordedBy: "")
            },
            withdrawals: withdrawals.map { withdrawal in
                var own = withdrawal
                own.service = service
                return own
            })
    }
}
