import ArgumentParser
import Configuration
import Foundation
import Intake
import Monitor
import Platform
import SLA
import UseCases

/// Where the configuration is.
struct ConfigurationOptions: ParsableArguments {
    @Option(name: .customLong("config"), help: "The configuration.")
    var path = Self.defaultPath

    static let defaultPath = "/etc/availd/availd.yaml"

    /// Reads and validates it.
    func load(_ secrets: SecretsPolicy) throws -> Configuration {
        try Configuration.load(path: path, secrets: secrets, environment: ProcessInfo.processInfo.environment)
    }
}

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

/// An instant on the command line.
struct InstantArgument: ExpressibleByArgument {
    let instant: Instant

    init?(argument: String) {
        guard let instant = InstantText.instant(argument) else { return nil }
        self.instant = instant
    }
}

extension CivilMonth: ExpressibleByArgument {
    /// The month written `2026-10`.
    public init?(argument: String) {
        self.init(argument)
    }
}
