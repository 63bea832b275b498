import Foundation
import Reporting
import Testing
import UseCases

/// What is answered to whoever had something recorded, in every format.
@Suite struct ReceiptTests {
    @Test func everyReceiptIsAsItWasInEveryFormat() async throws {
        let world = try World()
        let receipts = try await Receipts(world).all()
        for format in DocumentFormat.allCases {
            let text = receipts.map { "# \($0.name)\n" + $0.receipt.shown(as: format) }.joined(separator: "\n")
            try expectGolden(text.replacing(world.folder, with: "<folder>"), "receipts-\(format.rawValue).txt")
        }
    }

    /// A spreadsheet gets each member of the JSON that fits a cell, under its name.
    @Test func theColumnsAreTheMembers() async throws {
        for (name, receipt) in try await Receipts(World()).all() {
            let value = try JSONSerialization.jsonObject(with: Data(receipt.json.text.utf8))
            let object = try #require(value as? [String: Any])
            var columns = Self.cells(object)
            let lines = receipt.csv.split(separator: "\r\n")
            let header = try #require(lines.first).split(separator: ",").map(String.init)
            if let (array, items) = object.lazy.compactMap({ name, value in Self.items(name, value, header) }).first {
                let own = Self.cells(items[0]).map { columns.contains($0) ? String(array.dropLast()) : $0 }
                columns.formUnion(own)
                #expect(lines.count == items.count + 1, "\(name)")
            } else {
                #expect(lines.count == 2, "\(name)")
            }
            #expect(Set(header) == columns && header.count == columns.count, "\(name)")
        }
    }

    /// The members of an object that fit a cell.
    private static func cells(_ object: [String: Any]) -> Set<String> {
        Set(
            object.filter { name, value in
                name != "schema" && !name.hasSuffix("_ms") && !(value is [String: Any])
                    && ((value as? [Any]).map { !$0.isEmpty && $0 is [String] } ?? true)
            }.keys)
    }

    /// The objects of an array that have a row each: all of whose cells the header names.
    private static func items(_ name: String, _ value: Any, _ header: [String]) -> (String, [[String: Any]])? {
        guard let items = value as? [[String: Any]], let first = items.first,
            cells(first).isSubset(of: header)
        else { return nil }
        return (name, items)
    }
}
