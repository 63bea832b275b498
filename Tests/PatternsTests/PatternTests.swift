import Testing

@testable import Patterns

/// What a pattern means: what it meant to ICU.
@Suite struct PatternTests {
    private func matches(_ pattern: String, _ text: String) throws -> Bool {
        switch try Pattern(pattern).search(text, left: { .max }) {
        case .found, .foundByTheEnd: true
        case .notFound: false
        case let other: throw Unexpected(finding: other)
        }
    }

    private struct Unexpected: Error { let finding: Pattern.Finding }

    /// Words are letters, digits and marks of any script.
    @Test(arguments: [
        (#"^\w+$"#, "quy\u{301}", true), (#"^\w+$"#, "ที่นี่", true), (#"^\w+$"#, "a b", false), (#"^\w+$"#, "a-b", false),
        (#"^\W$"#, "\u{301}", false), (#"^\W$"#, " ", true), (#"^[\w.]+$"#, "a.b\u{301}", true),
        (#"^[\w-]+$"#, "a-b", true), (#"^[-\w]+$"#, "a-z", true), (#"^[^\W_]+$"#, "ab\u{301}", true),
        (#"^[^\W_]+$"#, "a_b", false), (#"^[\W_]+$"#, "_ -", true), (#"^[\W_]+$"#, "\u{301}", false),
        (#"^[^\W]+$"#, "ab", true), (#"^[\W^]+$"#, "^ ", true), (#"^[\W\d]+$"#, "1 2", true),
        (#"\bquy\b"#, "quy\u{301}", false), (#"\bquý\b"#, "xin, quý khách", true), (#"\bที่นี่\b"#, "ที่นี่ ", true),
        (#"a\Bb"#, "ab", true), (#"a\B"#, "a", false), (#"^[[:alpha:]]+$"#, "Grüße", true),
        (#"^[[:^alpha:]]+$"#, "12", true), (#"^[[:alnum:]_]+$"#, "ü_1", true), (#"^[[:punct:]]$"#, "+", false),
        (#"^[[:word:]]+$"#, "a_1", true), (#"^[[:space:]]+$"#, " \u{A0}", true),
    ])
    func wordsAreOfAnyScript(_ pattern: String, _ text: String, _ isFound: Bool) throws {
        #expect(try matches(pattern, text) == isFound)
    }

    @Test(arguments: [
        (#"^\d+$"#, "١٢", true), (#"^\s+$"#, "\u{A0}\u{3000}\u{85}\u{B}", true), (#"^\h+$"#, "\t\u{A0}", true),
        (#"^\h$"#, "\n", false), (#"^\v\R$"#, "\u{2028}\r\n", true), (#"^\X$"#, "e\u{301}", true),
        (#"(?i)^größe$"#, "GRÖSSE", false), (#"(?i)^GRÖ[Ss]{2}E$"#, "größe", false), (#"(?i)^ảnh$"#, "ẢNH", true),
        (#"^\p{Lu}\p{Ll}$"#, "Ää", true), (#"^\p{Letter}\P{Letter}$"#, "a1", true),
        (#"^\p{Uppercase_Letter}[\p{Decimal Number}]$"#, "A1", true), (#"^\p{gc=Lu}$"#, "A", true),
        (#"^\p{Han}$"#, "欢", true), (#"\p{Han}"#, "\u{3001}", false), (#"^\p{Script=Greek}$"#, "α", true),
        (#"^[\p{Thai}a]+$"#, "aก", true), (#"^\p{White_Space}$"#, " ", true),
        (#"^\x41\x{42}\u0043\U00000044$"#, "ABCD", true),
        (#"^[\u0041-\u0043]+$"#, "ABC", true), (#"^\Q[a]\E$"#, "[a]", true), (#"^[\Q]\E]$"#, "]", true),
        (#"^(a)\1$"#, "aa", true), (#"^(?:(a)\1)0$"#, "aa0", true), (#"\Ga"#, "ba", false),
        (#"^(?x)a [b\ c] # d"#, "a ", true),
        (#"^(?x)a [b\x20] # ["#, "a ", true), (#"^(?#[)a$"#, "a", true), (#"^[]a]+$"#, "]a", true),
        (#"^[^]a]$"#, "b", true),
        (#"^[a&b-]+$"#, "&-", true), (#"^\cM$"#, "\r", true),
    ])
    func escapesMeanWhatTheyMeant(_ pattern: String, _ text: String, _ isFound: Bool) throws {
        #expect(try matches(pattern, text) == isFound)
    }

    /// Every line end of Unicode's ends a line, and CR LF is one of them.
    @Test(arguments: ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}", "\u{B}", "\u{C}"])
    func everyLineEndEndsALine(_ end: String) throws {
        #expect(try matches("a$", "a" + end))
        #expect(try matches(#"a\Z"#, "a" + end))
        #expect(try !matches(#"a\z"#, "a" + end))
        #expect(try !matches("a$", "a\(end)b"))
        #expect(try matches("(?m)a$", "a\(end)b"))
        #expect(try matches("(?m)^b", "a\(end)b"))
        #expect(try !matches("a.b", "a\(end)b"))
        #expect(try matches("(?s)a.+b", "a\(end)b"))
        #expect(try !matches("(?m)^$", "a\(end)b"))
    }

    /// What is none, and what PCRE2 would read otherwise, is refused with its place.
    @Test(arguments: [
        ("(", "missing closing parenthesis", 1), ("Ü(", "missing closing parenthesis", 2),
        ("[", "missing terminating ] for character class", 1),
        (#"a\W["#, "missing terminating ] for character class", 4),
        (#"[\W"#, "missing terminating ] for character class", 3),
        ("*a", "quantifier does not follow a repeatable item", 0), (#"[\w-z]"#, "invalid range in character class", 3),
        (#"\w\p{Nonsense}"#, "unknown property after \\P or \\p", 14),
        ("[a-z&&[^b]]", "an intersection of sets is not taken: write (?=[a-z])[^aeiou]", 6),
        ("[a-z--[b]]", "a difference of sets is not taken: write (?![aeiou])[a-z]", 6),
        ("ä[a[b]]", #"a set within a set is not taken: write (?:[a]|[b]), and \[ for the character"#, 4),
        ("[[:^alnum:]]", "[:^alnum:] is not taken: write [^[:alnum:]]", 11),
        ("(?x)[a b]", #"white space in a set under (?x) is written \x20"#, 7),
        ("(*COMMIT)", "verbs as (*COMMIT) are not taken", 2), ("a(?C1)", "callouts as (?C) are not taken", 4),
        (#"(a)\10"#, #"write (?:\1)0 for group 1 and a zero"#, 6),
    ])
    func whatIsNoneIsRefusedWithItsPlace(_ pattern: String, _ reason: String, _ offset: Int) {
        let fault = #expect(throws: PatternFault.self) { try Pattern(pattern) }
        #expect(fault?.reason == reason)
        #expect(fault?.offset == offset)
    }

    @Test func aPatternThatWouldBeHugeIsRefused() {
        #expect(throws: PatternFault.self) { try Pattern("(?:(?:a{1000}){1000}){1000}") }
        #expect(throws: PatternFault.self) { try Pattern(String(repeating: "(", count: 300)) }
        #expect(throws: PatternFault.self) { try Pattern(#"\C"#) }
    }
}
