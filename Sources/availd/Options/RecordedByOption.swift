import ArgumentParser
import Foundation
import UseCases

/// Who records something.
struct RecordedByOption: ParsableArguments {
    @Option(help: "Who records it. (default: the user)")
    var by: String?

    // What --by was called first, and still may be.
    @Option(
        name: [.customLong("recorded-by"), .customLong("revoked-by"), .customLong("planned-by")], help: .hidden)
    var formerBy: String?

    /// Who was named, or else who is at the command line. Whether that can be a name is for the use case to say.
    var name: String { by ?? formerBy ?? Self.user }

    /// Requires that it can be a name, before anything long is read.
    func require() throws { try namingOptions { try Recording.requireName(name) } }

    private static var user: String {
        let environment = ProcessInfo.processInfo.environment
        return environment["SUDO_USER"] ?? environment["USER"] ?? environment["LOGNAME"] ?? NSUserName()
    }
}
