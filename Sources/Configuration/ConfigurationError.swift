import Intake
import SLA

/// Why there is no configuration.
public enum ConfigurationError: ClassifiedError, Sendable {
    /// The file at `path` is not there or may not be read; `reason` is the system's.
    case unreadable(path: String, reason: String)
    /// It was read, and has these mistakes.
    case invalid(Diagnostics)

    /// By what is the matter.
    public var exitClass: ExitClass {
        switch self {
        case .unreadable: .missingInput
        case .invalid: .configuration
        }
    }

    /// A line for each mistake.
    public var lines: [String] {
        switch self {
        case .unreadable(let path, let reason): ["\(path.onOneLine): \(reason)"]
        case .invalid(let diagnostics): diagnostics.lines
        }
    }

    /// The same, as one text.
    public var description: String { lines.joined(separator: "\n") }
}
