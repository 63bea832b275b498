import Foundation
import Testing

/// Twenty thousand services: a report has a row for each, or says why not.
@Suite struct ManyRowsTests {
    private static let count = 20_000

    private static func id(_ number: Int) -> String { "s" + String(100_000 + number) }

    @Test func noReportStopsAtSomeRow() throws {
        let availd = try BuiltProgram()
        try availd.write(
            """
            agreement: {timezone: Asia/Ho_Chi_Minh}
            customers: [{id: acme}]
            inventory: [services.csv]
            state_directory: \(availd.folder)/state
            """, to: "availd.yaml")
        let numbers = 0..<Self.count
        try availd.write(
            "id,customer,paid,url\n"
                + numbers.map { Self.id($0) + ",acme,2026-10-01/,tcp://127.0.0.1:1\n" }.joined(), to: "services.csv")
        // Each is up for as many milliseconds as its number says: no row can stand for another.
        let samples = try availd.write(
            "at,service,state\n"
                + numbers.map { "\(1_790_787_660_000 - $0),\(Self.id($0)),up\n" }.joined(), to: "samples.csv")
        let outcome = try availd(
            "replay", "--samples", samples, "--month", "2026-10", "--as-of", "2026-10-01T00:01:00+07:00")
        #expect(outcome.status == 0)
        let rows = outcome.lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        #expect(rows.count == Self.count)
        let wrong = zip(numbers, rows).first { number, row in
            row[2] != Self.id(number) || Int(row[10].replacing(".", with: "")) != number
        }
        #expect(wrong == nil)
    }
}
