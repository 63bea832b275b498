import Intake

extension Configuration {
    /// The configuration in the file at `path` and in all that it includes.
    ///
    /// Relative names in a file are relative to its directory. `environment` gives `CREDENTIALS_DIRECTORY`,
    /// `STATE_DIRECTORY` and `TZDIR`, as systemd and the C library use them.
    ///
    /// - Throws: ``ConfigurationError/unreadable(path:reason:)`` where the file itself is not there or may not be
    ///   read; otherwise ``ConfigurationError/invalid(_:)`` with every mistake of all the files.
    public static func load(
        path: String, secrets: SecretsPolicy, environment: [String: String]
    ) throws(ConfigurationError) -> Configuration {
        let findings = Findings()
        let sources: SourceTree
        do {
            sources = try SourceTree(path, findings: findings)
        } catch {
            throw .unreadable(path: path, reason: error.reason)
        }
        let credentials = environment["CREDENTIALS_DIRECTORY"].flatMap { $0.isEmpty ? nil : $0 }
        let decoder = ConfigurationDecoder(
            secrets: SecretDecoder(policy: secrets, credentialsDirectory: credentials), environment: environment,
            findings: findings)
        let configuration = decoder.decode(sources)
        do { try findings.check() } catch { throw .invalid(error) }
        return configuration
    }
}
