/// A monthly report as its cells: what is compared when a month is closed again, so that a change is exactly what an
/// accountant sees change.
public struct ReportTable: Hashable, Sendable {
    /// The names of the columns.
    public let columns: [String]
    /// A row for each service, each with a cell for each column.
    public let rows: [[String]]

    /// A table; rows of another length than the columns have are left out.
    public init(columns: [String], rows: [[String]]) {
        self.columns = columns
        self.rows = rows.filter { $0.count == columns.count }
    }

    /// The cell of `column` of each service, by its identifier, in the order of the services.
    func values(of column: String) -> [(service: String, value: String)] {
        services.sorted { $0.key < $1.key }.compactMap { service, cells in cells[column].map { (service, $0) } }
    }

    /// The cells of each service, by its identifier.
    var services: [String: [String: String]] {
        var services: [String: [String: String]] = [:]
        for row in rows {
            let cells = Dictionary(zip(columns, row), uniquingKeysWith: { first, _ in first })
            if let service = cells["service"] { services[service] = cells }
        }
        return services
    }
}
