import Foundation
import SLA
import Testing

/// docs/alerts.md names every event, with the severity that it has, and no other.
@Suite struct AlertReferenceTests {
    private static let names: [AlertSeverity: String] = [
        .critical: "crit", .error: "err", .warning: "warning", .notice: "notice", .informational: "info",
    ]

    private func document() throws -> [String] {
        let file = URL(filePath: #filePath).appending(path: "../../../docs/alerts.md").standardized
        return try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    }

    @Test func everyEventIsInTheTableWithItsSeverity() throws {
        var documented: [String: String] = [:]
        for line in try document() where line.hasPrefix("| `") {
            let cells = line.components(separatedBy: " | ")
            guard cells.count == 3, Self.names.values.contains(cells[1]) else { continue }
            documented[String(cells[0].dropFirst(3).dropLast())] = cells[1]
        }
        var expected: [String: String] = [:]
        for event in AlertEvent.allCases { expected[event.rawValue] = Self.names[event.severity] }
        #expect(documented == expected)
    }

    /// What a line says of its event has a section that names its fields and what to do.
    @Test func everyEventHasASection() throws {
        let headings = try document().filter { $0.hasPrefix("## ") }
        for event in AlertEvent.allCases where event != .certificateExpiring {
            #expect(headings.filter { $0.contains("`\(event.rawValue)`") }.count == 1, "\(event.rawValue)")
        }
        let sections = try document().joined(separator: "\n").components(separatedBy: "\n## ").dropFirst()
        for section in sections {
            #expect(section.contains("| field | meaning |"))
            #expect(section.contains("**What to do**: "))
        }
    }
}
