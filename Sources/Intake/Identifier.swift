/// The identifiers of customers, services, checks, groups and exclusions, as the provider's other systems have
/// them: anything that can stand in a scope, in a log line and in a cell, each of which quotes what it must.
public enum Identifier {
    /// What a message says is expected.
    public static let expected = "an identifier: 1 to 64 visible characters, no spaces"

    /// Whether `text` is one: nothing in it is a space, steers a terminal, or is invisible.
    public static func isValid(_ text: String) -> Bool {
        guard !text.isEmpty, text.unicodeScalars.count <= 64 else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator,
                .paragraphSeparator:
                false
            default: true
            }
        }
    }
}
