import SLA

/// Which members of an object a spreadsheet gets, and in which order: a promise to scripts, so it is written out where
/// the object is made, and held against it.
public struct JSONColumns: Sendable {
    /// The members of the object itself.
    let common: [String]
    /// The array whose objects have a row each; nil where the object is the one row.
    let items: String?
    /// The members of each of those objects.
    let own: [String]

    /// One row, of the object's members called `names`.
    public init(_ names: [String]) {
        self.init(names, each: nil, of: [])
    }

    /// A row for each object of the array `items`: the document's members called `common`, then its own called `own`.
    public init(_ common: [String], each items: String?, of own: [String]) {
        self.common = common
        self.items = items
        self.own = own
    }

    /// The header: members under their names, but that an item beside its document is called by what it is, as
    /// everywhere where an object refers to another: `window`, for the `id` of one of the `windows`.
    public var header: [String] {
        common + own.map { $0 == "id" && common.contains("id") ? String((items ?? "").dropLast()) : $0 }
    }
}

extension JSONObject {
    /// The object for spreadsheets: RFC 4180 with a header, UTF-8, CRLF. An array of texts is a cell, its texts apart by
    /// spaces; an instant is there once, in RFC 3339.
    public func csv(_ columns: JSONColumns) -> String {
        let common = Self.cells(columns.common, of: members)
        guard let items = columns.items else { return CSVWriter.table(columns.header, cells: [common]) }
        guard case .list(let objects) = members[items] else { preconditionFailure("\(schema) has no array \(items)") }
        let rows = objects.map { item in
            guard case .object(let members) = item else { preconditionFailure("\(items) of \(schema) are no objects") }
            return common + Self.cells(columns.own, of: members)
        }
        return CSVWriter.table(columns.header, cells: rows)
    }

    private static func cells(_ names: [String], of members: [String: JSONValue]) -> [ReportRow.Cell] {
        names.map { name in
            guard let cell = members[name]?.cell else { preconditionFailure("\(name) is no member that fits a cell") }
            return cell
        }
    }
}

extension JSONValue {
    /// How a table shows it; nil where it has no room in a cell.
    fileprivate var cell: ReportRow.Cell? {
        switch self {
        case .text(let text): .text(text)
        case .number(let digits): .number(digits)
        case .flag(let flag): .text(flag ? "yes" : "no")
        case .null: ReportRow.Cell.none
        case .instant(let instant, let zone): .instant(instant, zone)
        case .list(let values): Self.words(values).map(ReportRow.Cell.text)
        case .object: nil
        }
    }

    /// Several texts as one; nil where there is something else among them.
    private static func words(_ values: [JSONValue]) -> String? {
        let words = values.compactMap { if case .text(let text) = $0 { text } else { nil } }
        return words.count == values.count ? words.joined(separator: " ") : nil
    }
}
