import Intake
import Yams

/// Reads the text of a YAML file into a ``DocumentNode``.
///
/// Yams composes the tree; nothing of its types leaves this folder, and its guesses about types are not used.
enum YAMLDocument {
    /// How many duplicate keys of one file are reported.
    private static let maximumDuplicates = 50

    /// The document in `text`, or nil where there is none to read on with; the mistakes go to `findings`.
    static func parse(_ text: String, file: String, findings: Findings) -> DocumentNode? {
        var duplicates = DuplicateKeys(text: text)
        do {
            let root = try compose(&duplicates)
            guard let root else {
                findings.report(
                    Diagnostic(file: file, message: "holds nothing (empty, or comments only), expected a mapping"))
                return nil
            }
            var composition = YAMLComposition(
                file: file, findings: findings, replaced: duplicates.replaced, bytes: text.utf8.count)
            return composition.node(root)
        } catch {
            findings.report(YAMLProblem.diagnostic(error, in: text, file: file))
            return nil
        }
    }

    /// The tree, with each duplicate key but the last of its name replaced: Yams refuses a mapping with two, and
    /// tells only of the first, and of that not both lines.
    private static func compose(_ duplicates: inout DuplicateKeys) throws -> Node? {
        while true {
            do {
                return try Parser(yaml: duplicates.text, resolver: .basic, encoding: .utf8).singleRoot()
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                guard duplicates.replaced.count < maximumDuplicates, let name = names.first,
                    duplicates.replace(name, at: context.mark)
                else { throw YamlError.duplicatedKeysInMapping(duplicates: names, context: context) }
            }
        }
    }
}
