import Intake
import SLA

/// Why there is no configuration.
public enum ConfigurationError: Error, Sendable, CustomStringConvertible {
    /// The file at `path` is not there or may not be read; `reason` is the system's (exit status 66).
    case unreadable(path: String, reason: String)
    /// It was read, and has these mistakes (exit status 78).
    case invalid(Diagnostics)

    /// A line for each mistake.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path.onOneLine): \(reason)"
        case .invalid(let diagnostics): diagnostics.description
        }
    }
}
