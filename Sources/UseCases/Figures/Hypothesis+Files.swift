import Intake
import Interchange
import SLA

extension Hypothesis {
    /// What is so without the facts called `without`, and with those of `files`, which are of the form of exclusions.csv
    /// or voids.csv; `-` is standard input.
    ///
    /// - Throws: `InputFailure`; `Diagnostics` with every mistake of all the files.
    public init(without: [String], files: [String], catalog: Catalog) throws {
        self.init(without: without, files: files)
        var mistakes: [Diagnostic] = []
        var hidden = 0
        for path in files {
            do {
                let facts = try FactFile.facts(path: path, catalog: catalog)
                exclusions += facts.exclusions
                corrections += facts.corrections
            } catch let diagnostics as Diagnostics {
                mistakes += diagnostics.all
                hidden += diagnostics.hidden
            }
        }
        if !mistakes.isEmpty { throw Diagnostics(mistakes, hidden: hidden) }
    }
}
