import ArgumentParser
import Platform
import SLA

/// The instant up to which things are known.
struct AsOfOptions: ParsableArguments {
    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            "The state of knowledge: later samples and later records do not exist yet. (default: now)",
            valueName: "instant"))
    var asOf: InstantArgument?

    /// The instant that was given, or this one.
    var instant: Instant { asOf?.instant ?? SystemClock.wall() }
}
