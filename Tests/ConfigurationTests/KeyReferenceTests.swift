import Foundation
import Testing

@testable import Configuration

/// The reference of docs/configuration.md, held against the decoders themselves: what they say is expected where an
/// unknown key stands is what the document must have.
@Suite struct KeyReferenceTests {
    private static let reference = KeyReference()
    static let rows = reference.rows
    static let mappings = reference.mappings
    static let defaults = reference.rows.filter { $0.defaultValue != nil }

    private func mistakes(_ text: String) throws -> String {
        let directory = try TemporaryDirectory()
        try directory.write(text, to: "availd.yaml")
        return directory.mistakes(secrets: .ignored)
    }

    /// The keys that a decoder takes where `text` has the unknown key `zzz`; nil where it found none.
    private func expectedKeys(_ text: String) throws -> Set<String>? {
        let line = try mistakes(text).split(separator: "\n").first { $0.contains(".zzz: ") || $0.contains(" zzz: ") }
        guard let line, let list = line.firstRange(of: "unknown key, expected one of ") else { return nil }
        let names = line[list.upperBound...].prefix { $0 != ";" }
        return Set(names.components(separatedBy: ", "))
    }

    @Test func theTablesAreThere() {
        #expect(Self.rows.count > 90)
        #expect(Self.defaults.count > 20)
        #expect(Self.mappings.count > 18)
    }

    @Test(arguments: mappings)
    func everyKeyIsDocumentedAndNoOther(_ mapping: String) throws {
        let documented = Set(Self.rows.filter { $0.mapping == mapping }.map(\.key))
        let text = Self.reference.configuration(mapping, "zzz", "1")
        let expected = try expectedKeys(text)
        let taken = try #require(expected, "no mapping:\n\(text)")
        #expect(taken.subtracting(documented).sorted() == [], "not documented")
        #expect(documented.subtracting(taken).sorted() == [], "documented, and none")
    }

    /// A mapping that a decoder takes has a table; one that it does not has none.
    @Test(arguments: rows)
    func everyMappingHasItsTable(_ row: KeyReference.Row) throws {
        let hasTable = Self.mappings.contains(row.path) || Self.mappings.contains(row.path + "[]")
        let keys = try ["{zzz: 1}", "[{zzz: 1}]"].compactMap {
            try expectedKeys(Self.reference.configuration(row.mapping, row.key, $0))
        }
        if row.isSecret {
            #expect(keys == [["credential", "file"]])
        } else {
            #expect(keys.isEmpty == !hasTable)
        }
    }

    @Test(arguments: rows)
    func everyExampleIsRight(_ row: KeyReference.Row) throws {
        let text = Self.reference.configuration(row.mapping, row.key, row.example)
        #expect(try mistakes(text) == "", "\(text)")
    }

    /// What is required is missed where it is missing.
    @Test(arguments: rows.filter(\.isRequired))
    func whatIsRequiredIsMissed(_ row: KeyReference.Row) throws {
        let written = "\(row.key): \(row.example)"
        let text = Self.reference.configuration(row.mapping, row.key, row.example)
        let without = text.replacing("\(written), ", with: "").replacing(", \(written)", with: "")
            .replacing("\(written)\n", with: "").replacing("{\(written)}", with: "{}")
        #expect(without != text)
        #expect(try mistakes(without).contains("\(row.key): missing"), "\(without)")
    }

    @Test(arguments: defaults)
    func everyDefaultIsTheDecoders(_ row: KeyReference.Row) throws {
        let value = try #require(row.defaultValue)
        // The same mapping without the key: its required keys stay.
        let text = Self.reference.configuration(row.mapping, row.key, value)
        let written = "\(row.key): \(value)"
        let without = text.replacing("\(written), ", with: "").replacing(", \(written)", with: "")
            .replacing("{\(written)}", with: "{}")
        #expect(without != text)
        let directory = try TemporaryDirectory()
        try directory.write(text, to: "availd.yaml")
        let explicit = try directory.load(secrets: .ignored)
        try directory.write(without, to: "availd.yaml")
        let implicit = try directory.load(secrets: .ignored)
        #expect(explicit.catalog == implicit.catalog)
        #expect(explicit.syslog == implicit.syslog)
        #expect(explicit.notices == implicit.notices)
        #expect(explicit.allowAddresses == implicit.allowAddresses)
    }

    @Test func theColumnsOfInventoriesAreDocumented() {
        #expect(Self.reference.columns.sorted() == InventoryColumn.names)
    }
}
