import Foundation
import SLA

/// Which months' reports are due and not written.
public struct ReportsDue {
    let catalog: Catalog
    let directory: String

    /// Of the services of `catalog`, where reports lie in `directory`.
    public init(catalog: Catalog, directory: String) {
        self.catalog = catalog
        self.directory = directory
    }

    /// The file of the report of `month` in `directory`.
    public static func path(of month: CivilMonth, in directory: String) -> String { "\(directory)/\(month).csv" }

    /// The longest that a report waits for its month to settle: one slow check must not hold up all customers'.
    private static let longestSettling: Milliseconds = 3_600_000

    /// How long after its end a month is settled: what was seen last in it is confirmed by then, or stale.
    static func settling(of catalog: Catalog) -> Milliseconds {
        let checks = catalog.services.flatMap(\.checks)
        let needed = checks.map { $0.staleAfter + Milliseconds($0.confirm) * $0.interval }.max() ?? 0
        return min(needed, longestSettling)
    }

    /// The months that are due at `now`, the oldest first: from that of the first sample to the last that has
    /// ended and settled, those without a file.
    ///
    /// - Parameter firstSampleAt: asked only where the last month has no file.
    public func months(at now: Instant, firstSampleAt: () throws -> Instant?) rethrows -> [CivilMonth] {
        let calendar = catalog.agreement.calendar
        let last = calendar.month(containing: now - Self.settling(of: catalog)).previous
        guard !isWritten(last), let first = try firstSampleAt() else { return [] }
        var due: [CivilMonth] = []
        var month = last
        while calendar.interval(of: month).end > first {
            if !isWritten(month) { due.append(month) }
            month = month.previous
        }
        return due.reversed()
    }

    private func isWritten(_ month: CivilMonth) -> Bool {
        FileManager.default.fileExists(atPath: Self.path(of: month, in: directory))
    }
}
