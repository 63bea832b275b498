import ArgumentParser
import Reporting
import SLA

/// How a monthly report is shown, and where it goes.
struct ReportOutput: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case csv, json, text
    }

    @Option(help: "How the report is written: csv for accountants and scripts, json for programs, text for people.")
    var format = Format.csv

    @Option(help: "The file to write, whole or not at all; - or none is standard output.")
    var output: String?

    /// Writes `report`, and remarks which exclusions it does not apply.
    func write(_ report: MonthlyReport) throws {
        let text =
            switch format {
            case .csv: ReportCSV.text(report)
            case .json: ReportJSON.text(report)
            case .text: ReportText.text(report)
            }
        try write(text)
        // Text and JSON hold them; the columns of the CSV have no room.
        if format == .csv {
            for notice in ReportText.notices(of: report) { Console.note("not admitted: \(notice)") }
        }
    }

    /// Writes `list`.
    func write(_ list: IncidentList) throws {
        switch format {
        case .csv: try write(list.csv)
        case .json: try write(list.json)
        case .text: try write(list.text)
        }
    }

    private func write(_ text: String) throws {
        try Console.print(text, to: output)
    }
}
