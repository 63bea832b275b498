import Intake
import SLA
import Wording

@testable import Interchange

/// What a file of samples says is either refused with places, or in order, with every record accounted for, and the
/// same again when it is written as `samples.csv`.
enum HistoryProperty {
    static func check(_ bytes: UnsafeRawBufferPointer, as format: HistoryFormat) throws {
        _ = HistoryFormat(detecting: bytes)
        let history: History
        do {
            history = try read(bytes, as: format)
        } catch let diagnostics as Diagnostics {
            return try Located.demandAll(diagnostics, of: bytes, in: ["f"])
        }
        let tally = history.tally
        try demand(tally.taken == history.sampleCount, "takes \(tally.taken) and holds \(history.sampleCount)")
        if format != .nagios {
            // A line of Nagios may say nothing, or what then held for hours.
            let accounted = tally.taken + tally.repeated + tally.dropped.values.reduce(0, +)
            try demand(tally.records == accounted, "\(tally.records) records, \(accounted) accounted for")
        }
        for (check, entries) in history.series {
            let isCheck = ExampleCatalog.catalog.service(check.service)?.checks.contains { $0.id == check.check }
            try demand(isCheck == true, "no check is called \(check)")
            for (a, b) in zip(entries, entries.dropFirst()) { try demand(a.sample.at < b.sample.at, "not in order") }
        }
        try checkWriting(history)
    }

    private static func read(_ bytes: UnsafeRawBufferPointer, as format: HistoryFormat) throws -> History {
        try HistoryFile.history(bytes, file: "f", as: format, catalog: ExampleCatalog.catalog)
    }

    private static func checkWriting(_ history: History) throws {
        var rows = [["at", "service", "check", "state", "latency_ms", "cause", "derived"]]
        for (check, entries) in history.series {
            for entry in entries.prefix(200) {
                let observation = history.observation(entry, of: check)
                let latency = observation.phases.total.map { "\($0 / 1000).\($0 % 1000 / 100)" } ?? ""
                rows.append([
                    RFC3339.text(entry.sample.at, in: .utc), check.service, check.check, entry.sample.state.name,
                    latency,
                    ExampleCatalog.guarded(observation.cause?.english ?? ""), entry.sample.isDerived ? "true" : "",
                ])
            }
        }
        let again = try ExampleCatalog.csv(rows).withUnsafeBytes { try read($0, as: .availd) }
        for (check, entries) in history.series {
            let kept = entries.prefix(200)
            let found = again.series[check] ?? []
            try demand(found.map(\.sample) == kept.map(\.sample), "other samples of \(check)")
            for (a, b) in zip(kept, found) {
                let cause = history.observation(a, of: check).cause?.english ?? ""
                let other = again.observation(b, of: check).cause?.english ?? ""
                try demand(cause.utf8.elementsEqual(other.utf8), "the cause \(cause) as \(other)")
            }
        }
    }
}
