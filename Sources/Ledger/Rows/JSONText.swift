import Foundation

/// The JSON that some columns hold.
enum JSONText {
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        // The same value is always the same text: causes are kept once.
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// The value in the text of `column`, or ``ColumnDamage`` where it has another form.
    static func decode<Value: Decodable>(
        _ type: Value.Type, from text: String, _ column: some CodingKey
    ) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw ColumnDamage(column, "unexpected JSON \(text)")
        }
    }
}
