import Foundation

/// A JSON document in the making; numbers are decimals as they were printed, never floats.
indirect enum JSONValue: Encodable {
    case text(String)
    case number(String)
    case flag(Bool)
    case null
    case list([JSONValue])
    case object([String: JSONValue])

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let digits): try container.encode(Decimal(string: digits, locale: Locale(identifier: "C")))
        case .flag(let flag): try container.encode(flag)
        case .null: try container.encodeNil()
        case .list(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }

    init(_ cell: ReportRow.Cell) {
        switch cell {
        case .text(let text): self = .text(text)
        case .number(let digits): self = .number(digits)
        case .none: self = .null
        }
    }

    init(_ text: String?) { self = text.map(JSONValue.text) ?? .null }
    init(number digits: String?) { self = digits.map(JSONValue.number) ?? .null }

    /// The document on lines of its own, its keys sorted so that two runs give the same bytes.
    var document: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else {
            preconditionFailure("text, decimals and their containers always encode")
        }
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}

extension ReportRow {
    /// The columns as the members of a JSON object.
    var members: [String: JSONValue] {
        Dictionary(cells.map { ($0.column, JSONValue($0.cell)) }, uniquingKeysWith: { first, _ in first })
    }
}
