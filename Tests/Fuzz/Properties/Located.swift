import Intake

/// Whoever has to mend a file is told where.
enum Located {
    /// The most lines that `bytes` have by any reckoning: at each line end of Unicode, as libyaml counts them.
    static func lines(_ bytes: UnsafeRawBufferPointer) -> Int {
        1
            + bytes.count { $0 == 0x0A || $0 == 0x0D || $0 == 0x85 || $0 == 0xA8 || $0 == 0xA9 }
    }

    /// Each of `diagnostics` is of a file of `files`, on a line that `bytes` have or about the file as a whole, and is
    /// one line that says something.
    static func demandAll(_ diagnostics: Diagnostics, of bytes: UnsafeRawBufferPointer, in files: [String]) throws {
        try demand(!diagnostics.all.isEmpty, "a refusal without a mistake")
        let last = lines(bytes)
        for diagnostic in diagnostics.all {
            let text = diagnostic.description
            try demand(files.contains(diagnostic.file), "of another file: \(text)")
            if let line = diagnostic.line { try demand((1...last).contains(line), "no line of \(last): \(text)") }
            try demand(!diagnostic.message.isEmpty, "no message: \(text)")
            try demand(!text.utf8.contains { $0 < 0x20 }, "more than a line: \(text)")
        }
    }

    /// The lines of `bytes` that end before `end`.
    static func lineFeeds(_ bytes: UnsafeRawBufferPointer, before end: Int) -> Int {
        bytes[..<end].count { $0 == UInt8(ascii: "\n") }
    }
}
