import Glibc
import Intake
import Platform
import Reporting
import SLA

/// Results go to standard output, everything else to standard error.
enum Console {
    /// Writes a result as it is.
    ///
    /// - Throws: a refusal of status 74 where it cannot be written.
    static func print(_ text: String) throws {
        let number = writeFully(text, to: STDOUT_FILENO)
        guard number != 0 else { return }
        throw Refusal("standard output: \(String(cString: strerror(number)))", as: .inputOutput)
    }

    /// Writes a result into the file `output`, whole or not at all; where that is `-` or nil, as ``print(_:)`` does.
    static func print(_ text: String, to output: String?) throws {
        guard let output, output != "-" else { return try print(text) }
        try ReportFile.write(text, to: output)
    }

    /// Writes a remark that is no error, a line: what it quotes shows, and steers no terminal. Where even that fails,
    /// there is nobody left to tell.
    static func note(_ text: String) {
        _ = writeFully("availd: " + text.onOneLine + "\n", to: STDERR_FILENO)
    }

    /// Writes what went wrong: each of `lines` is one line, whatever it quotes.
    static func error(_ lines: [String]) {
        for line in lines { note("error: " + line) }
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
            _ = writeFully("\r\(title) [\(bar)] \(percent) %", to: STDERR_FILENO)
        }

        /// Takes the bar away.
        func end() {
            guard isShown else { return }
            _ = writeFully("\r\u{1B}[K", to: STDERR_FILENO)
        }
    }
}
