/// A month as it was closed: numbered, kept for good, and enough by itself to be computed again.
public struct ClosedStatement: Hashable, Sendable {
    /// What it is made of, before it has a number.
    public struct Draft: Hashable, Sendable {
        /// The month.
        public var month: CivilMonth
        /// The statement that it amends; nil for an original.
        public var amends: StatementNumber?
        /// When it was closed.
        public var closedAt: Instant
        /// The instant up to which things were known.
        public var asOf: Instant
        /// Who closed it.
        public var closedBy: String
        /// Why; empty where nothing is said.
        public var reason: String
        /// The version of availd that computed it.
        public var program: String
        /// The report, byte for byte.
        public var csv: [UInt8]
        /// Its ``InputDocument``.
        public var inputs: String
        /// The samples it was computed from, of each check, by service and check.
        public var series: [KeptSeries]
        /// SHA-256 of its parts.
        public var digests: StatementDigests
        /// What it changes.
        public var changes: StatementChanges
        /// How many rows each table of the ledger had, and what they were, a line a table.
        public var ledgerState: String

        /// A statement that is not yet kept.
        public init(
            month: CivilMonth, amends: StatementNumber?, closedAt: Instant, asOf: Instant, closedBy: String,
            reason: String, program: String, csv: [UInt8], inputs: String, series: [KeptSeries],
            digests: StatementDigests, changes: StatementChanges, ledgerState: String
        ) {
            self.month = month
            self.amends = amends
            self.closedAt = closedAt
            self.asOf = asOf
            self.closedBy = closedBy
            self.reason = reason
            self.program = program
            self.csv = csv
            self.inputs = inputs
            self.series = series
            self.digests = digests
            self.changes = changes
            self.ledgerState = ledgerState
        }
    }

    /// What it is made of. Its ``Draft/series`` is empty where the statement was read from the ledger: they are
    /// read by themselves.
    public var draft: Draft
    /// Its number.
    public var number: StatementNumber
    /// The ``seal`` of the statement that was closed before it, of whichever month; empty for the first of all.
    public var previousSeal: String
    /// SHA-256 of ``sealed``: what the next statement names, and what can be kept elsewhere as a proof.
    public var seal: String

    /// A statement that is kept.
    public init(_ draft: Draft, number: StatementNumber, previousSeal: String, seal: String) {
        self.draft = draft
        self.number = number
        self.previousSeal = previousSeal
        self.seal = seal
    }

    /// Everything that is sealed, as a text: the digests stand for what they are taken over.
    ///
    /// - Parameter changes: SHA-256 of the changes as the ledger keeps them.
    public func sealed(changes: String) -> String {
        let values: [(name: String, value: String)] = [
            ("number", number.description), ("amends", draft.amends?.description ?? ""),
            ("closed_at", String(draft.closedAt.milliseconds)), ("as_of", String(draft.asOf.milliseconds)),
            ("closed_by", draft.closedBy), ("reason", draft.reason), ("program", draft.program),
            ("csv", draft.digests.csv), ("inputs", draft.digests.inputs), ("agreement", draft.digests.agreement),
            ("terms", draft.digests.terms), ("exclusions", draft.digests.exclusions),
            ("negotiations", draft.digests.negotiations), ("samples", draft.digests.samples), ("changes", changes),
            ("ledger", draft.ledgerState),
            ("previous", previousSeal),
        ]
        // The length before the value: no value can pass for another name.
        return values.map { "\($0.name) \($0.value.utf8.count) \($0.value)\n" }.joined()
    }
}
