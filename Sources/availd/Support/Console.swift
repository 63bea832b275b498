import Foundation

/// Results go to standard output, everything else to standard error.
enum Console {
    /// Writes a result as it is.
    static func print(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    /// Writes a remark that is no error, a line.
    static func note(_ text: String) {
        FileHandle.standardError.write(Data(("availd: " + text + "\n").utf8))
    }

    /// Writes what went wrong, a line for each line of `text`.
    static func error(_ text: String) {
        for line in text.split(separator: "\n") { note("error: " + line) }
    }

    /// The progress of long work: drawn only where a person watches.
    struct Progress {
        private let title: String
        private let isShown = isatty(STDERR_FILENO) == 1

        init(_ title: String) { self.title = title }

        /// Shows that `percent` of the work is done.
        func show(_ percent: Int) {
            guard isShown else { return }
            let filled = min(40, max(0, percent * 40 / 100))
            let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 40 - filled)
            FileHandle.standardError.write(Data("\r\(title) [\(bar)] \(percent) %".utf8))
        }

        /// Takes the bar away.
        func end() {
            guard isShown else { return }
            FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
        }
    }
}
