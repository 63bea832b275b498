import Intake

/// Reads the text of a YAML file into a ``DocumentNode``.
enum YAMLDocument {
    /// How many lines may begin with a percent sign, as directives do: libyaml holds each against all before it.
    private static let mostDirectives = 1000

    /// The document in `text`, or nil where there is none to read on with; the mistakes go to `findings`.
    static func parse(_ text: String, file: String, findings: Findings) -> DocumentNode? {
        if let line = lineOfTooManyDirectives(in: text) {
            findings.report(
                Diagnostic(
                    file: file, line: line,
                    message: "more than \(mostDirectives) lines begin with %, as directives do, expected none"))
            return nil
        }
        var composition = YAMLComposition(text, file: file)
        return composition.document(findings)
    }

    private static func lineOfTooManyDirectives(in text: String) -> Int? {
        var (line, directives) = (1, 0)
        var isLineStart = true
        for scalar in text.unicodeScalars {
            if isLineStart, scalar == "%" {
                directives += 1
                if directives > mostDirectives { return line }
            }
            isLineStart = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
            if scalar == "\n" { line += 1 }
        }
        return nil
    }
}
