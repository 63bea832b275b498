/// How a program ends that could not do what it was asked for: the statuses of sysexits.h that are promised.
public enum ExitClass: Int32, CaseIterable, Sendable {
    /// The command line is none.
    case usage = 64
    /// What was asked for, or what was read, is wrong.
    case badData = 65
    /// What should be read is not there.
    case missingInput = 66
    /// A service that is needed is unavailable; trying again may succeed.
    case unavailable = 69
    /// What should be written cannot be created.
    case cannotCreate = 73
    /// Reading or writing failed half-way.
    case inputOutput = 74
    /// The configuration is wrong.
    case configuration = 78
}

/// An error that people see: it says what is wrong, a line for each mistake, and knows how a program ends by it.
public protocol ClassifiedError: Error, CustomStringConvertible {
    /// What kind of end it is; bad data where an error says nothing else.
    var exitClass: ExitClass { get }
    /// What is wrong, an element for each mistake. What is quoted in one stands as it was found, line ends too: whoever
    /// writes them for people puts each on one line.
    var lines: [String] { get }
}

extension ClassifiedError {
    /// What was asked for, or what was read, is wrong.
    public var exitClass: ExitClass { .badData }

    /// One mistake, as the error describes it.
    public var lines: [String] { [description] }
}
