import ArgumentParser

/// Who records something.
struct RecordedByOption: ParsableArguments {
    @Option(name: [.customLong("by"), .customLong("recorded-by")], help: "Who records it. (default: the user)")
    var name: String?
}

extension ArgumentCheck {
    /// Who it is that `option` names, or else who is at the command line; noted where that is nobody, or
    /// more than a line.
    mutating func who(_ name: String?, option: String = "--by") -> String {
        let name = name ?? RecordingOptions.user
        oneLine(option, name, expected: "a name")
        return name
    }
}
