import ArgumentParser
import Configuration
import Intake
import Reporting
import UseCases

/// How an answer is shown where nothing is said.
protocol DefaultFormat {
    static var format: DocumentFormat { get }
}

/// Answers for people first.
enum TextByDefault: DefaultFormat {
    static let format = DocumentFormat.text
}

/// The monthly report, which accountants and scripts take as it is.
enum CSVByDefault: DefaultFormat {
    static let format = DocumentFormat.csv
}

extension DocumentFormat: ExpressibleByArgument {}

extension Configuration {
    /// Requires that nothing is written among the reports that are kept: those are what months were closed as.
    func requireElsewhere(_ output: String?) throws(Refusal) {
        guard let output, output != "-", ReportFolder(stateDirectory: stateDirectory).holds(output) else { return }
        throw Refusal("--output: \(output) is among the reports that are kept, expected another folder", as: .usage)
    }
}

/// How an answer is shown, and where it goes.
struct OutputOptions<Default: DefaultFormat>: ParsableArguments {
    @Option(help: "How it is written: text for people, json for programs, csv for spreadsheets and scripts.")
    var format = Default.format

    @Option(
        help: ArgumentHelp("The file to write, whole or not at all; - or none is standard output.", valueName: "file"))
    var output: String?

    /// Writes `document`; what its CSV has no room for is remarked.
    func print(_ document: any Document) throws {
        try Console.print(document.shown(as: format), to: output)
        if format == .csv {
            for remark in document.remarksBesideCSV { Console.note(remark) }
        }
    }
}
