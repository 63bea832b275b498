import ArgumentParser
import Foundation

/// Who records something.
struct RecordedByOption: ParsableArguments {
    @Option(name: [.customLong("by"), .customLong("recorded-by")], help: "Who records it. (default: the user)")
    var name: String?
}

extension ArgumentCheck {
    /// Who it is that `option` names, or else who is at the command line; noted where that is nobody.
    mutating func who(_ name: String?, option: String = "--by") -> String {
        let name = name ?? Self.user
        oneLine(option, name, expected: "a name")
        return name
    }

    private static var user: String {
        let environment = ProcessInfo.processInfo.environment
        return environment["SUDO_USER"] ?? environment["USER"] ?? environment["LOGNAME"] ?? NSUserName()
    }
}
