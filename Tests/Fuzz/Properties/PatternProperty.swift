@testable import Patterns

/// What is refused has its place, and however a text is cut into slices, the same is found.
enum PatternProperty {
    /// A line with the pattern, then the text.
    static func check(_ bytes: UnsafeRawBufferPointer) throws {
        let head = bytes.prefix { $0 != UInt8(ascii: "\n") }
        guard let line = String(validating: head, as: UTF8.self),
            let text = String(validating: bytes.dropFirst(head.count + 1), as: UTF8.self)
        else { return }
        let pattern: Pattern
        do throws(PatternFault) {
            pattern = try Pattern(line)
        } catch {
            try demand(!error.reason.isEmpty, "refuses without a word")
            return try demand((0...line.count).contains(error.offset), "a fault after \(error.offset) of \(line.count)")
        }
        // So many looks that what is given up is so for that, by each in its own way.
        let findings = [2048, 1, 5].map { size in
            var looks: UInt64 = 2000
            return pattern.search(text, inSlicesOf: size) {
                looks -= 1
                return looks
            }
        }
        let answers = Set(findings).subtracting([.outOfTime, .outOfRoom])
        try demand(answers.count < 2, "found \(findings)")
        var looks: UInt64 = 2000
        let plain = try Pattern(line, skipsRuns: false).search(text) {
            looks -= 1
            return looks
        }
        let isKnown = ![.outOfTime, .outOfRoom].contains(plain) && !answers.isEmpty
        try demand(!isKnown || answers.contains(plain), "found \(findings), and \(plain) without passing over runs")
    }
}
