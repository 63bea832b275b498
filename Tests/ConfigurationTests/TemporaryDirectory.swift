import Foundation

@testable import Configuration

/// A directory of a test's own, gone with it.
final class TemporaryDirectory {
    let path: String

    init() throws {
        var template = Array((NSTemporaryDirectory() + "/availd-configuration-XXXXXX").utf8CString)
        guard let created = mkdtemp(&template) else { throw POSIXError(.EIO) }
        path = String(cString: created)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes `text` to the file `name`, with the directories on the way.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try write(Data(text.utf8), to: name)
    }

    /// Writes `bytes` to the file `name`, with the directories on the way.
    @discardableResult
    func write(_ bytes: Data, to name: String) throws -> String {
        let url = URL(filePath: path).appending(path: name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: url)
        return url.path
    }

    /// The configuration in the file `name`.
    func load(
        _ name: String = "availd.yaml", secrets: SecretsPolicy = .required, environment: [String: String] = [:]
    ) throws(ConfigurationError) -> Configuration {
        try Configuration.load(path: path + "/" + name, secrets: secrets, environment: environment)
    }

    /// What is wrong with the file `name`, without the directory's path; empty where nothing is.
    func mistakes(
        _ name: String = "availd.yaml", secrets: SecretsPolicy = .required, environment: [String: String] = [:]
    ) -> String {
        do {
            _ = try load(name, secrets: secrets, environment: environment)
            return ""
        } catch {
            return error.description.replacing(path + "/", with: "")
        }
    }
}
