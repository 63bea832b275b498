import Testing

/// The checker of folders finds what it is for, and nothing in innocent text.
@Suite struct FolderCheckerTests {
    /// Two files: what the second says of `Sample`, which the first declares.
    private func uses(_ text: String, of sample: String = "public struct Sample {}") -> [String] {
        let graph = FolderGraph([("SLA/Samples/Sample.swift", sample), ("SLA/Time/Clock.swift", text)])
        return graph.uses.values.flatMap(\.values).map(\.description).sorted()
    }

    @Test(arguments: [
        "let last: Sample?", "func read() -> [Sample] { [] }", "extension Sample {}", "struct Clock: Sample {}",
        "struct Clock { var sample = Sample() }", "let text = \"at \\(Sample())\"", "typealias Last = Sample",
        "func take<S: Sequence<Sample>>(_ samples: S) {}", "case sample(Sample)", "let make = Sample.init",
    ])
    func findsAType(_ text: String) {
        #expect(uses("// A clock.\n" + text) == ["SLA/Time/Clock.swift:2: Time uses Sample of Samples"])
    }

    @Test(arguments: [
        "// A Sample is none.", "let text = \"Sample\"", "/* Sample */ let sample = 1", "let samples = Samples()",
        "let time = Clock.Sample()", "struct Clock { struct Sample {}; let last: Sample }",
        "private struct Sample {}; let last: Sample", "enum Kind { case `Sample` }; let sample = Kind.Sample",
    ])
    func passesWhatIsNone(_ text: String) {
        #expect(uses(text) == [])
    }

    @Test(arguments: [
        "private struct Sample {}", "fileprivate enum Sample {}", "enum Series { struct Sample {} }",
        "func first() { struct Sample {} }",
    ])
    func passesWhatOthersCannotSee(_ declaration: String) {
        #expect(uses("let last: Sample?", of: declaration) == [])
    }

    @Test(arguments: [
        ("struct", "struct Sample {}"), ("enum", "public indirect enum Sample {}"), ("class", "final class Sample {}"),
        ("actor", "@MainActor actor Sample {}"), ("protocol", "protocol Sample {}"),
        ("typealias", "package typealias Sample = Int"), ("function", "func Sample() {}"),
        ("behind another", "struct Series { class func all() {} }\nstruct Sample {}"),
        ("behind a closure", "let all = { (a: Int) in { a } }\nstruct Sample {}"),
    ])
    func findsADeclaration(_ kind: String, _ declaration: String) {
        #expect(uses("let last: Sample?", of: declaration) == ["SLA/Time/Clock.swift:1: Time uses Sample of Samples"])
    }

    /// An extension of a type of elsewhere is a declaration of its members.
    @Test func findsAMemberOfAnExtension() {
        let extended = "extension Int { public var sampled: Int { 1 }\n static func many() {} }"
        #expect(
            uses("let a = 5.sampled", of: extended) == ["SLA/Time/Clock.swift:1: Time uses sampled of Samples"])
        #expect(uses("let a: Int = .many()", of: extended) == ["SLA/Time/Clock.swift:1: Time uses many of Samples"])
        #expect(uses("let sampled = many", of: extended) == [])
        #expect(uses("let a = 5.sampled", of: "extension Int { private var sampled: Int { 1 } }") == [])
        #expect(uses("let a = 5.sampled", of: "private extension Int { var sampled: Int { 1 } }") == [])
    }

    /// A member of that name may be another's: of the folder itself, of a third one, or of the type.
    @Test func passesAMemberOfSeveral() {
        let extended = "extension Int { var sampled: Int { 1 } }"
        #expect(uses("struct Clock { var sampled = 1 }\nlet a = clock.sampled", of: extended) == [])
        #expect(uses("let a = sample.rate", of: "struct Sample {}\nextension Sample { var rate: Int { 1 } }") == [])
    }

    @Test func namesTheUsesThatMakeACircle() {
        let graph = FolderGraph([
            ("SLA/Time/Clock.swift", "struct Clock {}\nlet last: Sample?"),
            ("SLA/Samples/Sample.swift", "struct Sample { let clock: Clock }"),
            ("SLA/Month/Month.swift", "struct Month { let clock: Clock }"),
        ])
        #expect(
            graph.circles == [
                "SLA/Samples/Sample.swift:1: Samples uses Clock of Time; "
                    + "SLA/Time/Clock.swift:2: Time uses Sample of Samples"
            ])
    }

    @Test func namesACircleOfThree() {
        let graph = FolderGraph([
            ("SLA/A/A.swift", "struct A { let b: B }"), ("SLA/B/B.swift", "struct B { let c: C }"),
            ("SLA/C/C.swift", "struct C { let a: A }"),
        ])
        #expect(
            graph.circles == [
                "SLA/A/A.swift:1: A uses B of B; SLA/B/B.swift:1: B uses C of C; SLA/C/C.swift:1: C uses A of A"
            ])
    }

    @Test func holdsTheFoldersToTheirOrder() {
        let graph = FolderGraph([
            ("SLA/A/A.swift", "struct A {}"), ("SLA/B/B.swift", "struct B { let a: A }"),
            ("SLA/B/Inner/C.swift", "struct C { let b: B }"),
        ])
        #expect(graph.circles == [])
        #expect(graph.violations(order: ["A", "B", "B/Inner"]) == [])
        #expect(
            graph.violations(order: ["B", "A", "D"]) == [
                "the folder B/Inner has no place in the order", "there is no folder D",
                "SLA/B/B.swift:1: B uses A of A, which is above it",
            ])
    }

    @Test func countsTheFilesOfAFolder() {
        func paths(_ folder: String, _ count: Int) -> [String] { (0..<count).map { "\(folder)/\($0).swift" } }
        #expect(Architecture.wrongSizes(paths("SLA/Time", 2) + paths("SLA/Month", 15)) == [])
        #expect(
            Architecture.wrongSizes(paths("SLA/Time", 1) + paths("SLA/Month", 16)) == [
                "SLA/Month holds 16 files, expected 2 to 15", "SLA/Time holds 1 files, expected 2 to 15",
            ])
        for (folder, count) in Architecture.otherSizes {
            #expect(Architecture.wrongSizes(paths(folder, count)) == [])
            #expect(Architecture.wrongSizes(paths(folder, 16)).count == 1)
        }
    }
}
