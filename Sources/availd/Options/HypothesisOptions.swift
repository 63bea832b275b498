import ArgumentParser
import Configuration
import Intake
import SLA
import UseCases

/// What if.
struct HypothesisOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What if: as if these exclusions, voids, downtimes and withdrawals of paid time were not recorded; E3,V1.",
            valueName: "ids"))
    var without: [String] = []

    @Option(
        help: ArgumentHelp(
            "What if: as if this exclusions.csv or voids.csv were recorded too; may be repeated.", valueName: "file"))
    var with: [String] = []

    var isGiven: Bool { !without.isEmpty || !with.isEmpty }

    /// The hypothesis, where one is made; the names in its files are those of `catalog`.
    func hypothesis(among catalog: @autoclosure () throws -> Catalog) throws -> Hypothesis? {
        guard isGiven else { return nil }
        let ids = without.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        return try Hypothesis(without: ids, files: with, catalog: catalog())
    }
}
