import ArgumentParser
import Intake
import SLA

/// The instant up to which things are known.
struct AsOfOptions: ParsableArguments {
    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            "The state of knowledge: later samples and later records do not exist yet. (default: now)",
            valueName: "instant"), transform: InstantArgument.init)
    var asOf: InstantArgument?

    /// The instant that was given; nil where none was.
    func given(by time: SpokenTime) throws(Refusal) -> Instant? {
        guard let asOf else { return nil }
        return try asOf.instant(.asOf, by: time)
    }

    /// The instant that was given, or this one.
    func instant(by time: SpokenTime) throws(Refusal) -> Instant { try given(by: time) ?? time.now }
}
