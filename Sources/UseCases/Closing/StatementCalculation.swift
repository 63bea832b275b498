import Digests
import Intake
import Ledger
import Reporting
import SLA

/// A month's report with everything it was computed from, in the form in which a statement keeps it.
struct StatementCalculation {
    let inputs: FigureInputs
    let series: [KeptSeries]
    let report: MonthlyReport

    /// From the ledger, as it was known at the instant of `inputs`.
    ///
    /// - Parameter progress: told, from time to time, how many of the services are done.
    init(_ inputs: FigureInputs, in snapshot: LedgerSnapshot, progress: (Int) -> Void) throws {
        var series: [KeptSeries] = []
        var done = 0
        self.inputs = inputs
        report = try MonthlyReport(inputs) { service in
            let timeline = try ServiceTimeline(of: service) { check, timeline in
                var samples = PackedSamples()
                try snapshot.samples(of: check, covering: inputs.period, asOf: inputs.asOf) {
                    timeline.append($0)
                    samples.append($0)
                }
                series.append(KeptSeries(check: check, samples: samples, digest: Digest.text(of: samples)))
            }
            done += 1
            progress(done)
            return timeline
        }
        self.series = series
    }

    /// From what is kept with a statement, and nothing else.
    ///
    /// - Throws: ``InputDocumentError``.
    init(document: InputDocument, series: [KeptSeries]) throws(InputDocumentError) {
        inputs = try document.inputs()
        self.series = series
        let samples = Dictionary(series.map { ($0.check, $0.samples) }, uniquingKeysWith: { first, _ in first })
        report = MonthlyReport(inputs) { service in
            ServiceTimeline(of: service) { check, timeline in
                for sample in samples[check] ?? PackedSamples() { timeline.append(sample) }
            }
        }
    }

    var document: InputDocument { InputDocument(inputs) }

    var csv: [UInt8] { Array(ReportCSV.text(report).utf8) }

    static func digests(csv: [UInt8], document: InputDocument, series: [KeptSeries]) -> StatementDigests {
        StatementDigests(
            csv: Digest.text(of: csv), inputs: Digest.text(of: document.text),
            agreement: Digest.text(of: document.text(of: .agreement)),
            terms: Digest.text(of: document.text(of: .terms)),
            exclusions: Digest.text(of: document.text(of: .exclusions)),
            negotiations: Digest.text(of: document.text(of: .negotiations)),
            samples: Digest.text(of: KeptSeries.index(of: series)))
    }

    /// The cells of a report's bytes; nil where they are no CSV.
    static func table(_ csv: [UInt8]) -> ReportTable? {
        csv.withUnsafeBytes { bytes in
            var reader = CSVReader(bytes)
            var rows: [[String]] = []
            while (try? reader.next()) == true { rows.append((0..<reader.count).map { reader.text($0) ?? "" }) }
            return rows.first.map { ReportTable(columns: $0, rows: Array(rows.dropFirst())) }
        }
    }
}
