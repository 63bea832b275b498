/// What became of one service's row.
public struct RowChange: Hashable, Sendable, Codable {
    /// How it changed.
    public enum Kind: String, Hashable, Sendable, Codable {
        case changed
        /// It was not in the statement that is amended.
        case added
        /// It is not in the amendment.
        case removed
    }

    /// A cell that differs; nil where there is no such row or column.
    public struct Cell: Hashable, Sendable, Codable {
        /// The column.
        public var column: String
        /// What the amended statement said.
        public var before: String?
        /// What the amendment says.
        public var after: String?

        /// A cell of `column`.
        public init(column: String, before: String?, after: String?) {
            self.column = column
            self.before = before
            self.after = after
        }
    }

    /// The service.
    public var service: String
    /// How its row changed.
    public var kind: Kind
    /// The cells that differ, in the order of the columns; every cell of a row that is added or removed.
    public var cells: [Cell]
    /// The facts that can explain it, as indices into ``StatementChanges/facts``; empty where none is known.
    public var facts: [Int]

    /// A change of the row of `service`.
    public init(service: String, kind: Kind, cells: [Cell], facts: [Int] = []) {
        self.service = service
        self.kind = kind
        self.cells = cells
        self.facts = facts
    }

    /// Every row that differs between two reports of one month, in the order of the services.
    ///
    /// `as_of` differs in every row and is no change. A row that appears or vanishes is none either where nothing
    /// was committed in it: services come and go after the month.
    public static func changes(from before: ReportTable, to after: ReportTable) -> [RowChange] {
        let (old, new) = (before.services, after.services)
        let columns = after.columns + before.columns.filter { !after.columns.contains($0) }
        return Set(old.keys).union(new.keys).sorted().compactMap { service in
            let (was, now) = (old[service], new[service])
            let cells = columns.filter { $0 != "as_of" && was?[$0] != now?[$0] }
                .map { Cell(column: $0, before: was?[$0], after: now?[$0]) }
            guard !cells.isEmpty else { return nil }
            if let only = was == nil ? now : now == nil ? was : nil {
                guard only["verdict"] != Verdict.notCommitted.rawValue else { return nil }
                return RowChange(service: service, kind: was == nil ? .added : .removed, cells: cells)
            }
            return RowChange(service: service, kind: .changed, cells: cells)
        }
    }
}
