import ArgumentParser
import Interchange
import SLA
import UseCases

/// `availd terms import`
struct TermsImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Record the billing system's paid terms.",
        discussion: """
            The file is CSV with the header service,customer,from,to,price,plan; customer, price and plan may be left \
            out. from and to are dates in the agreement's zone or RFC 3339 instants; an empty to is until further \
            notice. A service may have several rows: renewals, gaps, and upgrades, which are terms at another price.

            The rows of a service are all its terms. From its first import on they count, and what the configuration \
            says of its paid time does not. Services that are not in the file stay as they are. The same file twice \
            changes nothing. A bad line is named with its number, and then nothing is recorded.

            EXAMPLES
              availd terms import billing.csv
              export-from-billing | availd terms import - --by lan
            """)

    @Argument(help: "The file; - is standard input.")
    var file: String

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.recordedBy.require()
        let terms = try read(try options.config.load(.ignored).everKnownCatalog())
        try options.record(missing: .made) { try $0.importTerms(terms.terms, recordCount: terms.recordCount) }
    }

    private func read(_ catalog: Catalog) throws -> TermsFile {
        let progress = Console.Progress("reading \(file)")
        defer { progress.end() }
        return try TermsFile(path: file, catalog: catalog, progress: progress.show)
    }
}
