import Glibc
import Logging
import Platform

/// Log lines on standard error: with the journal's priority prefix (sd-daemon(3)) where the journal listens,
/// else as `availd: warning: …`.
public struct StderrLog: LogHandler {
    /// Not shown: messages say all there is.
    public var metadata: Logger.Metadata = [:]
    /// The least grave level that is written.
    public var logLevel: Logger.Level = .info
    private let isForJournal: Bool

    /// A handler for this process, by its environment.
    public init(environment: [String: String]) {
        isForJournal = environment["JOURNAL_STREAM"] != nil
    }

    /// One entry of ``metadata``.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes one line for each line of the message.
    public func log(event: LogEvent) {
        let prefix = isForJournal ? Self.priority(of: event.level) : "availd: " + Self.word(for: event.level)
        for line in "\(event.message)".split(separator: "\n") {
            // A log that nobody takes any more must not end the daemon.
            _ = writeFully(prefix + line + "\n", to: STDERR_FILENO)
        }
    }

    private static func priority(of level: Logger.Level) -> String {
        switch level {
        case .trace, .debug: "<7>"
        case .info: "<6>"
        case .notice: "<5>"
        case .warning: "<4>"
        case .error: "<3>"
        case .critical: "<2>"
        }
    }

    private static func word(for level: Logger.Level) -> String {
        switch level {
        case .trace, .debug, .info, .notice: ""
        case .warning: "warning: "
        case .error, .critical: "error: "
        }
    }
}
