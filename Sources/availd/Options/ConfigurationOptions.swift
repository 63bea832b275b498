import ArgumentParser
import Configuration
import Foundation

/// Where the configuration is.
struct ConfigurationOptions: ParsableArguments {
    @Option(name: .customLong("config"), help: "The configuration. (default: \(Self.defaultPath))")
    private var given: String?

    /// Where it is.
    var path: String { given ?? Self.defaultPath }

    static let defaultPath = "/etc/availd/availd.yaml"

    /// Reads and validates it.
    ///
    /// - Parameter path: where it is if no option says.
    func load(
        _ secrets: SecretsPolicy, orAt path: String? = nil
    ) throws(ConfigurationError) -> Configuration {
        try load(secrets, from: given ?? path ?? Self.defaultPath)
    }

    /// Reads and validates another one.
    func load(_ secrets: SecretsPolicy, from path: String) throws(ConfigurationError) -> Configuration {
        try Configuration.load(path: path, secrets: secrets, environment: ProcessInfo.processInfo.environment)
    }
}
