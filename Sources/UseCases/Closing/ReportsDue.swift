import Foundation
import Reporting
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

    /// The months that are due at `now`, the oldest first: from that of the first sample and of the first paid time to
    /// the last that has ended and settled, those without a file that was written after the month's end.
    ///
    /// - Parameter firstSampleAt: asked only where the last month has no file.
    public func months(at now: Instant, firstSampleAt: () throws -> Instant?) rethrows -> [CivilMonth] {
        let calendar = catalog.agreement.calendar
        let last = calendar.month(containing: now - Self.settling(of: catalog)).previous
        guard !isWritten(last, by: now), let sample = try firstSampleAt() else { return [] }
        // A clock that was wrong may have dated a sample to when nobody had paid.
        let paid = catalog.services.compactMap { $0.paid.intervals.first?.start }.min()
        let first = max(sample, paid ?? sample)
        var due: [CivilMonth] = []
        var month = last
        while calendar.interval(of: month).end > first {
            if !isWritten(month, by: now) { due.append(month) }
            month = month.previous
        }
        return due.reversed()
    }

    /// Removes the reports that are as of an instant after `now`: a clock that was wrong wrote them. Those of `closed`
    /// months stay as they are.
    ///
    /// - Returns: their paths.
    public func removeThose(after now: Instant, butOf closed: Set<CivilMonth>) throws -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        let open = names.filter { name in
            name.hasSuffix(".csv") && !(CivilMonth(name.prefix(7)).map(closed.contains) ?? false)
        }
        let paths = open.sorted().map { "\(directory)/\($0)" }
        let wrong = paths.filter { path in ReportFile.asOf(path).map { $0 > now } ?? false }
        for path in wrong { try FileManager.default.removeItem(atPath: path) }
        return wrong
    }

    /// Whether there is a report of `month` that was written after its end, as far as it says.
    private func isWritten(_ month: CivilMonth, by now: Instant) -> Bool {
        let path = Self.path(of: month, in: directory)
        guard FileManager.default.fileExists(atPath: path) else { return false }
        guard let asOf = ReportFile.asOf(path) else { return true }
        return catalog.agreement.calendar.interval(of: month).end <= asOf && asOf <= now
    }
}
