import SLA

/// A field in the JSON of the column `fields`: its key, then its value. Words are a text, as an earlier version kept
/// every value; any other value is an object of one member, named after its kind.
struct AlertFieldJSON: Codable {
    var key: String
    var value: AlertValue

    /// The kinds of values that are no text.
    enum Kind: String, CodingKey {
        case number, seconds, instant, month, cause, loss
    }

    init(_ field: Alert.Field) {
        key = field.key
        value = field.value
    }

    var field: Alert.Field { Alert.Field(key, value) }

    init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        key = try pair.decode(String.self)
        if let text = try? pair.decode(String.self) {
            value = .text(text)
        } else {
            value = try Self.value(in: pair.nestedContainer(keyedBy: Kind.self))
        }
        guard pair.isAtEnd else {
            throw DecodingError.dataCorruptedError(in: pair, debugDescription: "a field is a pair")
        }
    }

    private static func value(in object: KeyedDecodingContainer<Kind>) throws -> AlertValue {
        guard let kind = object.allKeys.first else {
            throw DecodingError.dataCorrupted(.init(codingPath: object.codingPath, debugDescription: "of no kind"))
        }
        switch kind {
        case .number: return .number(try object.decode(Int64.self, forKey: kind))
        // In ms, as everything that is counted.
        case .seconds: return .seconds(try object.decode(Int64.self, forKey: kind))
        case .instant: return .instant(Instant(milliseconds: try object.decode(Int64.self, forKey: kind)))
        case .month:
            guard let month = CivilMonth(try object.decode(String.self, forKey: kind)) else {
                throw DecodingError.dataCorruptedError(forKey: kind, in: object, debugDescription: "no month")
            }
            return .month(month)
        case .cause: return .cause(try object.decode(Cause.self, forKey: kind))
        case .loss: return .loss(try object.decode(MeasurementLoss.self, forKey: kind))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var pair = encoder.unkeyedContainer()
        try pair.encode(key)
        if case .text(let text) = value { return try pair.encode(text) }
        var object = pair.nestedContainer(keyedBy: Kind.self)
        switch value {
        case .text: break
        case .number(let number): try object.encode(number, forKey: .number)
        case .seconds(let length): try object.encode(length, forKey: .seconds)
        case .instant(let instant): try object.encode(instant.milliseconds, forKey: .instant)
        case .month(let month): try object.encode(month.description, forKey: .month)
        case .cause(let cause): try object.encode(cause, forKey: .cause)
        case .loss(let loss): try object.encode(loss, forKey: .loss)
        }
    }
}
