import Foundation
import Testing

@testable import Configuration

/// Small texts that would take ages or all memory: each is refused, with its place, at a cost that has a bound.
@Suite struct YAMLBombTests {
    private static let tooMuch = "aliases multiply to more than a million nodes"

    /// What is wrong with `text`.
    private func mistakes(_ text: String) throws -> String {
        let directory = try TemporaryDirectory()
        try directory.write(text, to: "availd.yaml")
        return directory.mistakes()
    }

    /// `a` to `j`, each made by `make` of the name before it, ten times: the last has ten thousand million.
    private func powers(_ first: String, _ make: ([String]) -> String) -> String {
        let names = Array("abcdefghij").map(String.init)
        return zip(names, names.dropFirst()).reduce("a: &a \(first)\n") { text, pair in
            text + "\(pair.1): &\(pair.1) \(make(Array(repeating: "*" + pair.0, count: 10)))\n"
        }
    }

    private func list(_ items: [String]) -> String { "[\(items.joined(separator: ", "))]" }

    @Test(arguments: ["? *e\n: x\n", "{*e : x}: y\n", "k: {*e : x}\n", "k: [*e : x]\n", "? [[*e]]\n: x\n"])
    func aliasesInKeys(_ key: String) throws {
        // A hundred thousand nodes each time it is hashed: such a key is no word, and is not looked into.
        let lists = powers("[x]", list).split(separator: "\n").prefix(5).joined(separator: "\n") + "\n"
        let found = try mistakes(lists + "z: [" + String(repeating: "*d, ", count: 2000) + "]\n" + key)
        #expect(found.hasSuffix(Self.tooMuch) || found.contains("a key that is a list or a mapping"), "\(found)")
        #expect(try mistakes(powers("[x]", list) + key).hasSuffix(Self.tooMuch))
    }

    @Test func aliasesOfAliases() throws {
        #expect(try mistakes(powers("[x]", list)) == "availd.yaml:7: \(Self.tooMuch)")
        let mappings = powers("{k: x}") { names in
            "{\(names.enumerated().map { "k\($0): \($1)" }.joined(separator: ", "))}"
        }
        #expect(try mistakes(mappings).hasSuffix(Self.tooMuch))
    }

    /// What is merged twice is there once, and was looked at twice.
    @Test(arguments: [false, true])
    func mergesOfMerges(isOfEmptyMappings: Bool) throws {
        let text = powers(isOfEmptyMappings ? "{}" : "{x: 1}") { "{<<: [\($0.joined(separator: ", "))]}" }
        #expect(try mistakes(text).hasSuffix(Self.tooMuch))
    }

    @Test func mergesOfLists() throws {
        #expect(
            try mistakes(powers("{x: 1}", list) + "k: {<<: *c}\n").hasSuffix(Self.tooMuch))
        let found = try mistakes("a: &a {x: 1}\nb: &b [*a]\nk: {<<: [*b, [*a]]}\n")
        for line in 2...3 {
            #expect(
                found.contains(
                    "availd.yaml:\(line): k: found a list in a list behind <<, expected mappings or aliases of them"))
        }
    }

    /// Each merge is held against the keys that are there, not against all of them again.
    @Test func aWideMappingThatIsMergedOften() throws {
        let wide = (0..<3000).map { "k\($0): 1" }.joined(separator: ", ")
        let merges = String(repeating: "*w, ", count: 3000)
        #expect(try mistakes("w: &w {\(wide)}\nk: {<<: [\(merges)]}\n") == "availd.yaml:2: \(Self.tooMuch)")
    }

    @Test func deepNesting() throws {
        let tooDeep = "nested more than 64 deep"
        for text in [
            "k: " + String(repeating: "[", count: 100_000), "k: " + String(repeating: "{", count: 100_000),
            String(repeating: "- ", count: 100_000), String(repeating: "? ", count: 100_000),
            "k: " + String(repeating: "[", count: 70) + String(repeating: "]: 1", count: 70),
        ] {
            #expect(try mistakes(text) == "availd.yaml:1: \(tooDeep)")
        }
        // Neither is deep, and the one holds the other.
        let half = (open: String(repeating: "[", count: 40), close: String(repeating: "]", count: 40))
        let text = "a: &a \(half.open)\(half.close)\nb: &b \(half.open)*a\(half.close)\n"
        #expect(try mistakes(text) == "availd.yaml:2: \(tooDeep)")
    }

    @Test func longTexts() throws {
        // A mebibyte, two thousand times.
        let long = "a: &a \(String(repeating: "x", count: 1 << 20))\n"
        let aliases = String(repeating: "*a, ", count: 2000)
        #expect(try mistakes(long + "customers: [\(aliases)]\n") == "availd.yaml:2: \(Self.tooMuch)")
    }

    @Test func longKeys() throws {
        let key = String(repeating: "k", count: 100_000)
        let items = String(repeating: "!x y, ", count: 1000)
        let found = try mistakes("? \(key)\n: [\(items)]\n")
        #expect(found.hasPrefix("availd.yaml:1: a key of 100000 bytes, expected a word\navaild.yaml:2: [0]: the tag"))
        #expect(found.utf8.count < 100_000)
    }

    @Test func directives() throws {
        let many = String(repeating: "%X\n", count: 100_000)
        let expected = "more than 1000 lines begin with %, as directives do, expected none"
        #expect(try mistakes(many + "---\nagreement: {timezone: UTC}\n") == "availd.yaml:1001: \(expected)")
        #expect(try mistakes("agreement: {timezone: UTC}\n...\n" + many + "---\n") == "availd.yaml:1003: \(expected)")
        #expect(try mistakes("%YAML 1.1\n---\nagreement: {timezone: UTC}\n").isEmpty)
    }

    /// A file of the wrong kind has a mistake a line, and nobody reads a million of them.
    @Test func manyMistakes() throws {
        let found = try mistakes("agreement: {timezone: UTC}\n" + (0..<5000).map { "k\($0): 1\n" }.joined())
        #expect(found.split(separator: "\n").count == 1001)
        #expect(found.hasSuffix("\n4000 more mistakes are not shown"))
        let tags = try mistakes("agreement: {timezone: UTC}\n" + (0..<5000).map { "k\($0): !x 1\n" }.joined())
        #expect(tags.split(separator: "\n").count == 1000)
    }

    /// What people write has room.
    @Test func manyServicesMayShareMuch() throws {
        let directory = try TemporaryDirectory()
        let services = (0..<3000).map { "  - {<<: *web, id: s\($0)}\n" }.joined()
        try directory.write(
            """
            agreement: {timezone: UTC}
            customers: [{id: acme}]
            services:
              - &web {id: web, customer: acme, paid: [{from: 2026-01-01}, {from: 2025-01-01, to: 2025-02-01}],
                      url: https://a.example, headers: {A: b, C: d}, expect: {status: [200, 204]}, interval: 5s}

            """ + services, to: "availd.yaml")
        #expect(try directory.load().catalog.services.count == 3001)
    }
}
