import Foundation
import SLA

/// A part of a JSON document; numbers are decimals as they were printed, never floats.
public indirect enum JSONValue: Encodable, Sendable {
    /// A string.
    case text(String)
    /// A number, by its decimal digits.
    case number(String)
    /// True or false.
    case flag(Bool)
    /// No value.
    case null
    /// An instant, in RFC 3339 in this zone; where it is the member `at`, `at_ms` has it in ms since the epoch.
    case instant(Instant?, TimeZoneRules)
    /// An array.
    case list([JSONValue])
    /// An object.
    case object([String: JSONValue])

    /// `text`, or null.
    public init(_ text: String?) { self = text.map(JSONValue.text) ?? .null }

    /// The number `digits`, or null.
    public init(number digits: String?) { self = digits.map(JSONValue.number) ?? .null }

    /// A count.
    public init(_ count: some BinaryInteger) { self = .number(String(count)) }

    init(_ cell: ReportRow.Cell) {
        switch cell {
        case .text(let text): self = .text(text)
        case .number(let digits): self = .number(digits)
        case .instant(let instant, let zone): self = .instant(instant, zone)
        case .none: self = .null
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Writes the value; an instant that is a member is two members.
    public func encode(to encoder: any Encoder) throws {
        if case .object(let members) = self {
            var container = encoder.container(keyedBy: Key.self)
            for (name, value) in members {
                try container.encode(value, forKey: Key(stringValue: name))
                guard case .instant(let instant, _) = value else { continue }
                try container.encode(instant?.milliseconds, forKey: Key(stringValue: name + "_ms"))
            }
            return
        }
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let digits): try container.encode(Decimal(string: digits, locale: Locale(identifier: "C")))
        case .flag(let flag): try container.encode(flag)
        case .instant(let instant?, let zone): try container.encode(RFC3339.text(instant, in: zone))
        case .null, .instant(nil, _): try container.encodeNil()
        case .list(let values): try container.encode(values)
        case .object: preconditionFailure("an object was encoded above")
        }
    }

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
