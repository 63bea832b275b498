import ArgumentParser
import Configuration
import Foundation

/// Where the configuration is.
struct ConfigurationOptions: ParsableArguments {
    @Option(name: .customLong("config"), help: "The configuration.")
    var path = Self.defaultPath

    static let defaultPath = "/etc/availd/availd.yaml"

    /// Reads and validates it.
    func load(_ secrets: SecretsPolicy) throws(ConfigurationError) -> Configuration {
        try Configuration.load(path: path, secrets: secrets, environment: ProcessInfo.processInfo.environment)
    }
}
