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

        /// A statement that is not yet kept.
        public init(
            month: CivilMonth, amends: StatementNumber?, closedAt: Instant, asOf: Instant, closedBy: String,
            reason: String, program: String, csv: [UInt8], inputs: String, series: [KeptSeries],
            digests: StatementDigests, changes: StatementChanges
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
        }
    }

    /// What it is made of. Its ``Draft/series`` is empty where the statement was read from the ledger: they are
    /// read by themselves.
    public var draft: Draft
    /// Its number.
    public var number: StatementNumber
    /// How many rows each table of the ledger had, a line a table: `name TAB rows TAB greatest number`.
    public var ledgerState: String
    /// The ``seal`` of the statement that was closed before it, of whichever month; empty for the first of all.
    public var previousSeal: String
    /// SHA-256 of ``sealed``: what the next statement names, and what can be kept elsewhere as a proof.
    public var seal: String

    /// A statement that is kept.
    public init(_ draft: Draft, number: StatementNumber, ledgerState: String, previousSeal: String, seal: String) {
        self.draft = draft
        self.number = number
        self.ledgerState = ledgerState
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
            ("samples", draft.digests.samples), ("changes", changes), ("ledger", ledgerState),
            ("previous", previousSeal),
        ]
        // The length before the value: no value can pass for another name.
        return values.map { "\($0.name) \($0.value.utf8.count) \($0.value)\n" }.joined()
    }
}

/// SHA-256 in hexadecimal of a statement's parts.
public struct StatementDigests: Hashable, Sendable {
    /// Of the report's bytes.
    public var csv: String
    /// Of the whole input document.
    public var inputs: String
    /// Of the agreement's lines in it.
    public var agreement: String
    /// Of the lines of services and checks.
    public var terms: String
    /// Of the exclusions' lines.
    public var exclusions: String
    /// Of ``KeptSeries/index(of:)`` of all the samples.
    public var samples: String

    /// Digests.
    public init(csv: String, inputs: String, agreement: String, terms: String, exclusions: String, samples: String) {
        self.csv = csv
        self.inputs = inputs
        self.agreement = agreement
        self.terms = terms
        self.exclusions = exclusions
        self.samples = samples
    }
}

/// The samples of one check that a statement was computed from.
public struct KeptSeries: Hashable, Sendable {
    /// The check.
    public var check: CheckID
    /// The samples.
    public var samples: PackedSamples
    /// SHA-256 in hexadecimal of ``line(_:)`` of each.
    public var digest: String

    /// The samples of `check`.
    public init(check: CheckID, samples: PackedSamples, digest: String) {
        self.check = check
        self.samples = samples
        self.digest = digest
    }

    /// A sample as it goes into the digest: `AT,STATE` and a line feed, in ms and 0 up, 1 down, 2 unknown.
    public static func line(_ sample: Sample) -> String {
        "\(sample.at.milliseconds),\(sample.state.rawValue)\n"
    }

    /// What the digest of all samples is taken over: `SERVICE TAB CHECK TAB COUNT TAB DIGEST` and a line feed for each.
    public static func index(of series: [KeptSeries]) -> String {
        series.map { "\($0.check.service)\t\($0.check.check)\t\($0.samples.count)\t\($0.digest)\n" }.joined()
    }
}
