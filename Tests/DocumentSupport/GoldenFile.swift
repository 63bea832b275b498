import Foundation

/// A file that holds what a document was the last time somebody looked at it.
public enum GoldenFile {
    /// How many lines of each side are shown where they differ.
    private static let shown = 3

    /// What is wrong with `text`, which should be what the file at `path` holds; nil where it is. Where there is no such
    /// file, it is written, and that is said until somebody has looked at it.
    public static func disagreement(_ text: String, with path: URL) throws -> String? {
        let name = path.lastPathComponent
        guard let golden = try? String(contentsOf: path, encoding: .utf8) else {
            try text.write(to: path, atomically: true, encoding: .utf8)
            return "\(name) is new: look at it, then commit it"
        }
        // By scalars: of two texts that look alike, one may be another file.
        if text.unicodeScalars.elementsEqual(golden.unicodeScalars) { return nil }
        let (before, now) = (lines(golden), lines(text))
        let first = zip(before, now).prefix { $0 == $1 }.count
        let differing =
            before[first...].prefix(shown).map { "- \($0)" } + now[first...].prefix(shown).map { "+ \($0)" }
        return """
            \(name) is another from line \(first + 1) on, in the file (-) and now (+):
            \(differing.joined(separator: "\n"))
            if this is right, delete \(path.path) and run again; then read git diff
            """
    }

    /// The lines of `text`, with each line end as it would be written in Swift.
    private static func lines(_ text: String) -> [String] {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.map { $0.properties.generalCategory == .control ? $0.escaped(asASCII: false) : String($0) }.joined()
        }
    }
}
