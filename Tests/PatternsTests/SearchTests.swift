import Testing

@testable import Patterns

/// Searches in slices, within a time.
@Suite struct SearchTests {
    private func find(_ pattern: String, in text: String, _ time: Time = Time()) throws -> Pattern.Finding {
        try Pattern(pattern).search(text) { time.left() }
    }

    /// Time of which each look takes one of so many parts.
    private final class Time {
        private let step: UInt64
        private(set) var rest: UInt64
        private(set) var looks = 0

        init(parts: UInt64 = .max, step: UInt64 = 1) {
            self.step = step
            rest = parts
        }

        func left() -> UInt64 {
            looks += 1
            rest -= min(rest, step)
            return rest
        }
    }

    private func page(_ size: Int, _ end: String = "", line: String = "<p>größer als 1234, 欢迎.</p>\r\n") -> String {
        String(repeating: line, count: size / line.utf8.count + 1) + end
    }

    /// However the text is cut into slices.
    @Test(
        arguments: 0...70,
        ["Status: (OK|FINE)", #"(?i)s[a-z]+s:\s+ok$"#, #"\w+: OK"#, "(?s)S.*K", #"(?<=\nX )\bStatus"#])
    func whatStandsAtTheEndIsFound(_ shift: Int, _ pattern: String) throws {
        let padding = String(repeating: "ü", count: shift)
        for size in [0, 2000, 4000, 100_000] {
            let page = page(size, padding + "\nX ")
            #expect(try find(pattern, in: page + "Status: OK") != .notFound)
            #expect(try find(pattern, in: page) == .notFound)
        }
    }

    /// A match that is longer than any slice, and one that begins in each of them.
    @Test func aMatchMayBeAsLongAsTheText() throws {
        let text = "<" + String(repeating: "a", count: 300_000) + ">"
        #expect(try find("(?s)^<.*[b>]", in: "<" + String(repeating: "a", count: 5_000_000) + ">") == .found)
        #expect(try find("<[^>]*>", in: text) == .found)
        #expect(try find("(?s)<.*>$", in: text) == .foundByTheEnd)
        #expect(try find(">a+$", in: text + "a") == .foundByTheEnd)
        #expect(try find("(?s)^.*b", in: text) == .notFound)
        #expect(try find("^a", in: text) == .notFound)
    }

    /// An end of a slice is no end of the text, and between CR and LF there is no place.
    @Test(arguments: 2030...2060)
    func anEndOfASliceIsNone(_ length: Int) throws {
        let text = String(repeating: "a", count: length) + "\r\nb"
        for pattern in [
            #"a\z"#, "a$", #"a\Z"#, "a(?!.|\\s)", #"(?!.|\s)(?<!b)"#, "(?m)^$", #"a\b(?!\s)"#, #"\Gb"#,
            #"(?<!a|\r|\n)b"#,
        ] {
            #expect(try find(pattern, in: text) == .notFound, "\(pattern)")
        }
        #expect(try find(#"\nb"#, in: text) == .found)
    }

    /// Between two looks at the clock there is so much work at most, also where each place reads on to the end.
    @Test(arguments: [
        ("(a+)+$", 60), ("^(a+)+$", 60), ("(a|aa)+$", 60), ("^(?:(a+)+c|a+b)$", 60), ("[^<]*z", 500_000),
        (#"\w+\d"#, 500_000), ("(?s)a.*?z", 500_000), ("(?s)a.*.*y", 500_000),
    ])
    func aSearchThatTakesAgesIsGivenUpWhenItsTimeIsOver(_ pattern: String, _ length: Int) throws {
        let text = String(repeating: "a", count: length) + "bc"
        let begun = ContinuousClock.now
        var looks = 0
        let finding = try Pattern(pattern).search(text) {
            looks += 1
            return begun.duration(to: .now) > .milliseconds(50) ? 0 : 50_000_000
        }
        #expect(finding == .outOfTime)
        #expect(looks > 4)
    }

    /// A run that took so long is not followed by one for which there is no time.
    @Test func nothingIsBegunForWhichThereIsNoTime() throws {
        let text = String(repeating: "a", count: 60) + "b"
        let time = Time(parts: 1000, step: 100)
        #expect(try find("^(a+)+$", in: text, time) == .outOfTime)
        #expect(time.rest > 0)
        #expect(try find("a", in: text, Time(parts: 0)) == .outOfTime)
    }

    /// What takes many steps is found all the same, where there is time.
    @Test func patienceIsRewarded() throws {
        let text = String(repeating: "a", count: 18) + "b"
        #expect(try find("^(?:(a+)+c|a+b)", in: text) == .found)
    }

    @Test(arguments: ["(a|b)*c", "(?:(a)|b)*?c$"])
    func whatTakesTooMuchMemoryIsNoAnswer(_ pattern: String) throws {
        #expect(try find(pattern, in: String(repeating: "a", count: 1_000_000) + "b") == .outOfRoom)
    }

    /// What would perhaps not match any more where the text went on is told from what would.
    @Test(arguments: [
        ("Acme", Pattern.Finding.found), ("Ac.*", .found), ("Acme$", .foundByTheEnd), (#"Acme\Z"#, .foundByTheEnd),
        ("^(?!.*error)", .foundByTheEnd), ("^(?!x)pa", .found), ("Corp", .notFound), (#"Acme\b"#, .foundByTheEnd),
        (#"\bAc.*"#, .found), (#"Acm\Be"#, .found), (#"e\B"#, .notFound), (#"[$]?Acme"#, .found),
    ])
    func aMatchByTheEndOfTheTextIsTold(_ pattern: String, _ finding: Pattern.Finding) throws {
        #expect(try find(pattern, in: "page of Acme") == finding)
    }

    @Test(arguments: [("", "^$"), ("", "a*"), ("\u{0}", #"^\x00$"#), ("a\u{0}b", "b")])
    func textsOfAnyKindAreSearched(_ text: String, _ pattern: String) throws {
        #expect(try find(pattern, in: text) != .notFound)
    }

    /// What a run takes is passed over where nothing else could come of it.
    @Test(arguments: [
        #"\w+: OK"#, #"\w++: OK"#, #"(\w+)\s*="#, #"(?:[a-z]+)=\s*(up|ok)\b"#, #"[^<]+</title>"#, #"\d+\.\d+"#,
        #"\p{L}+\s+OK$"#, #"[\w.]+@\w"#, #"[a-z]+ (?!x)"#,
    ])
    func aSearchGoesOnBehindARun(_ pattern: String) throws {
        #expect(LeadingRun.isIn(pattern))
    }

    /// Where the set may begin what follows it, where that may be lacking, where another alternative stands beside it, or
    /// where what it took is asked for later.
    @Test(arguments: [
        #"\w+OK"#, #"\w+\d"#, #"\w+\w"#, #"\S+@"#, #"\w+:?OK"#, #"\w+:*"#, #"\w+:{0,1}x"#, #"\w+: OK|FINE"#, "[a-z]+",
        #"(\w+): \1"#, #"(\w+): \g{1}"#, #"(?<a>\w+): \k<a>"#, #"(\w+):(?(1)a|b)"#, #"(\w+)+: OK"#, #"(\w+)?: OK"#,
        #"(?i)[a-z]+K"#, #"(?x)\w+ : OK"#, #"\w+?: OK"#, #"\w*: OK"#, #"\w{2,}: OK"#, #"(\w+): (?R)?"#, #"(\w+):(?1)"#,
        #"(\w+|x): OK"#, #"\w+:\Q(\E"#, #"\w+:\K"#, #".+: OK"#, "[a-z]+(?i)k", #"\w+:(?#|)a"#,
    ])
    func aRunThatMayMatchOtherwiseIsNotPassedOver(_ pattern: String) throws {
        #expect(!LeadingRun.isIn(pattern))
    }

    /// Patterns and texts that are drawn: whether runs are passed over or not, the same is found.
    @Test func passingOverRunsFindsTheSame() throws {
        let sets = [#"\w"#, "[ab]", "[^b]", #"\d"#, #"\p{L}"#, "a", #"\S"#, "[^:]"]
        let rests = [
            ":", " ", #"\s"#, "b", ": a", ":b$", #":\b"#, ":+", ":(a|b)+", ":(?!a)", ":(?=a)[ab]", #":(?<=a:)"#, ":.*b",
            "b|a:", ": ?", ":?b", #"\s+a"#, ":a+b", " ?:", #"\s*:b"#,
        ]
        let letters = ["a", "b", ":", " ", "ü", "1", "\r\n", "\n", "e\u{301}", "ab", "a:", ": a"]
        // Knuth's generator: the same in every run.
        var state: UInt64 = 7
        func draw(_ list: [String]) -> String {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return list[Int(state >> 33) % list.count]
        }
        var compared: [Pattern.Finding: Int] = [:]
        for round in 0..<4000 {
            let run = draw([#"SET+"#, "(SET+)", "(?:SET++)"]).replacing("SET", with: draw(sets))
            let written = run + draw(rests)
            guard LeadingRun.isIn(written) else { continue }
            let (plain, skipping) = (try Pattern(written, skipsRuns: false), try Pattern(written))
            let text = (0..<(round % 17)).map { _ in draw(letters) }.joined()
            let finding = plain.search(text, left: { .max })
            for size in [1, 2, 3, 2048] {
                let other = skipping.search(text, inSlicesOf: size, left: { .max })
                #expect(other == finding, "\(written) in \(text.debugDescription), slices of \(size)")
            }
            compared[finding, default: 0] += 1
        }
        #expect(compared[.found] ?? 0 > 300 && compared[.notFound] ?? 0 > 300, "\(compared)")
    }

    /// Patterns and texts that are drawn: in small slices the same is found as in one.
    @Test func slicesFindTheSame() throws {
        let pieces = [
            "a", "b", "ü", ".", "^", "$", #"\b"#, #"\B"#, #"\w"#, #"\W"#, #"\s"#, #"\R"#, #"\Z"#, #"\z"#, "[^a]",
            "[ab]", "(?!a)", "(?=b)",
            "(?<=a)", "(?<!b)", "*", "+?", "+", "?", "{2}", "(a|b)", "|", "(?m)", "(?s)", "(?i)", "(?>a+)", "++",
            #"\A"#, "(", ")",
        ]
        let letters = ["a", "b", "A", "ü", "\n", "\r\n", "\r", " ", "e\u{301}", "\u{2028}"]
        // Knuth's generator: the same in every run.
        var state: UInt64 = 42
        func draw(_ list: [String], _ most: Int) -> String {
            (0..<most).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return list[Int(state >> 33) % list.count]
            }.joined()
        }
        var compared: [Pattern.Finding: Int] = [:]
        for round in 0..<5000 {
            let written = draw(pieces, 1 + round % 6)
            guard let pattern = try? Pattern(written) else { continue }
            let text = draw(letters, round % 13)
            let whole = pattern.search(text, left: { .max })
            for size in 1...3 {
                let sliced = pattern.search(text, inSlicesOf: size, left: { .max })
                #expect(sliced == whole, "\(written) in \(text.debugDescription), slices of \(size)")
            }
            compared[whole, default: 0] += 1
        }
        #expect(compared.count == 3 && compared.values.allSatisfy { $0 > 100 }, "\(compared)")
    }
}

extension LeadingRun {
    /// Whether `pattern`, as people write it, begins with one.
    static func isIn(_ pattern: String) -> Bool { (try? Pattern(pattern))?.skipsRuns == true }
}
