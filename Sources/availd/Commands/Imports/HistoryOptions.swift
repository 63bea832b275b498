import ArgumentParser
import Intake
import Interchange
import Reporting
import SLA

extension HistoryFormat: ExpressibleByArgument {}

/// How a file of samples is read.
enum SamplesFormat: String, ExpressibleByArgument, CaseIterable {
    case auto, availd, prometheus
    case uptimeKuma = "uptime-kuma"
    case nagios

    /// The format; nil where the content tells.
    var format: HistoryFormat? { HistoryFormat(rawValue: rawValue) }
}

/// How it is said what was taken. `--format` was what the samples' file is, and scripts that say so go on to work.
enum ImportFormat: ExpressibleByArgument {
    case shown(DocumentFormat)
    case samples(SamplesFormat)

    init?(argument: String) {
        if let format = DocumentFormat(rawValue: argument) {
            self = .shown(format)
        } else if let format = SamplesFormat(rawValue: argument) {
            self = .samples(format)
        } else {
            return nil
        }
    }

    static var allValueStrings: [String] { DocumentFormat.allCases.map(\.rawValue) }
    var defaultValueDescription: String { shown.rawValue }

    /// How it is said.
    var shown: DocumentFormat { if case .shown(let format) = self { format } else { .text } }
    /// What the samples' file is; nil where nothing is said of it.
    var samples: SamplesFormat? { if case .samples(let format) = self { format } else { nil } }
}

extension HistoryFile {
    /// What the file at `path` says, with a progress bar where a person watches.
    static func read(
        _ path: String, as format: SamplesFormat, map: SeriesMap?, catalog: Catalog
    ) throws -> (file: HistoryFile, history: History) {
        let progress = Console.Progress("reading \(path)")
        defer { progress.end() }
        let file = try HistoryFile(path: path)
        let history = try file.history(as: format.format, map: map, catalog: catalog, progress: progress.show)
        return (file, history)
    }
}

extension History {
    /// The most series that are listed one by one.
    private static let listed = 20

    /// Says on standard error what a person should know: what it was read as, what was not taken, and why.
    func note(about path: String) {
        if format != .availd { Console.note("\(path) is read as \(format.rawValue)") }
        for remark in remarks { Console.note("warning: \(remark)") }
        let untaken = sources.filter { $0.check == nil }
        for series in untaken.prefix(Self.listed) {
            Console.note(
                "not taken: \(series.name), \(series.samples) samples: \(series.reason ?? "")"
                    + didYouMean(series.nearest))
        }
        if untaken.count > Self.listed { Console.note("not taken: \(untaken.count - Self.listed) more series") }
    }

    /// - Throws: a refusal where the file holds series, and none of them is a check.
    func requireSomething(from path: String) throws {
        guard !sources.isEmpty, sources.allSatisfy({ $0.check == nil }) else { return }
        throw Refusal("\(path): none of its \(sources.count) series is a check; say which is which with --map")
    }
}
