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
        var from = inputs.period.start
        var kept: Set<CheckID> = []
        var read: Set<String> = []
        report = try MonthlyReport(inputs) { service, own in
            // Read once with every correction, and once more without our own where there are any.
            let isFirst = read.insert(service.id).inserted
            // Each by its check, as one may be read again, from further back.
            var all: [CheckID: [PackedSamples]] = [:]
            let (timeline, start) = try snapshot.timeline(of: service, for: own) { check, time, timeline in
                var passes = [PackedSamples()]
                let rules = timeline.rules
                try snapshot.samples(of: check, covering: time, asOf: own.asOf, in: rules) {
                    timeline.append($0)
                    if passes[passes.count - 1].pass != $0.pass { passes.append(PackedSamples(pass: $0.pass)) }
                    passes[passes.count - 1].append($0)
                }
                all[check] = passes
            }
            from = min(from, start, timeline.readFrom)
            for check in service.rules.checks.map({ CheckID(service: service.id, check: $0) }) {
                if let passes = all[check], kept.insert(check).inserted {
                    for samples in passes where samples.pass == 0 || samples.count > 0 {
                        series.append(KeptSeries(check: check, samples: samples, digest: Digest.text(of: samples)))
                    }
                }
            }
            if isFirst {
                done += 1
                progress(done)
            }
            return timeline
        }
        self.series = series
        var known = inputs
        known.samplesFrom = from < inputs.period.start ? from : nil
        self.inputs = known
    }

    /// From what is kept with a statement, and nothing else.
    ///
    /// - Throws: ``InputDocumentError``.
    init(document: InputDocument, series: [KeptSeries]) throws(InputDocumentError) {
        inputs = try document.inputs()
        self.series = series
        let passes = Dictionary(grouping: series, by: \.check)
            .mapValues { $0.map(\.samples).sorted { $0.pass < $1.pass } }
        report = MonthlyReport(inputs) { service, own in
            own.timeline(of: service) { check, _, timeline in
                for samples in passes[check] ?? [] {
                    for sample in samples { timeline.append(sample) }
                }
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
}
