/// What one version adds to the schema. Once released it never changes: what is new is another version.
struct SchemaVersion: Sendable {
    /// Its name, for good; GRDB remembers it in the ledger.
    let name: String
    /// The tables that it adds.
    let tables: [FactTable]
    /// The SQL that changes tables of earlier versions.
    let changes: [String]
    /// The tables that ``changes`` makes anew, and whose triggers go with the old one.
    let remade: [FactTable]
    /// The columns that ``changes`` adds to tables whose rows have numbers, by table. A value there that is 0 or NULL
    /// says nothing: that is what rows from before it have.
    let added: [String: Set<String>]

    init(
        name: String, tables: [FactTable], changes: [String] = [], remade: [FactTable] = [],
        added: [String: Set<String>] = [:]
    ) {
        self.name = name
        self.tables = tables
        self.changes = changes
        self.remade = remade
        self.added = added
    }

    /// The names of the tables that it adds.
    var factTables: [String] { tables.map(\.name) }

    /// Every version, the oldest first.
    static let all: [SchemaVersion] = [
        v1, terms, incidents, imports, exclusionDetails, statements, maintenance, corrections, exclusionPlans, rules,
        settlements, agreements,
    ]

    static let v1 = SchemaVersion(
        name: "v1",
        tables: [
            .series, .texts, .samples, .transitions, .exclusions, .exclusionRevocations, .outbox, .outboxDeliveries,
            .daemonEvents,
        ])

    static let terms = SchemaVersion(
        name: "terms",
        tables: [
            .serviceRecords, .customerRecords, .billedTerms, .paidWithdrawals, .paidReinstatements, .negotiations,
        ])

    static let incidents = SchemaVersion(name: "incidents", tables: [.incidentEvents])

    static let imports = SchemaVersion(name: "imports", tables: [.imports, .importResults, .importSeries])

    static let exclusionDetails = SchemaVersion(name: "exclusion_details", tables: [.exclusionDetails])

    static let statements = SchemaVersion(name: "statements", tables: [.statements, .statementSeries])

    static let maintenance = SchemaVersion(
        name: "maintenance",
        tables: [
            .maintenancePlans, .maintenanceCancellations, .maintenanceExtensions, .notices, .noticeAttempts,
            .noticeResults, .noticeDeliveries,
        ])
}
