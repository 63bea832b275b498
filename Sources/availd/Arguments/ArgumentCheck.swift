import Intake

/// Collects what is wrong with a command's arguments, so that all of it is said at once.
struct ArgumentCheck {
    private var mistakes: [String] = []

    /// Notes that `option` is wrong: `message` says what was found and what was expected.
    mutating func add(_ option: String, _ message: String) {
        mistakes.append("\(option): \(message)")
    }

    /// - Throws: every mistake, as bad data.
    func finish() throws {
        if mistakes.isEmpty { return }
        throw Refusal(mistakes.joined(separator: "\n"))
    }
}
