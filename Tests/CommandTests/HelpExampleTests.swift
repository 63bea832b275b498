import ArgumentParser
import Testing

@testable import availd

/// The examples in each command's help can be pasted into a shell: a terminal of 80 columns breaks none of their lines,
/// and the program takes what they say.
@Suite struct HelpExampleTests {
    /// The commands that do something, with their names from the program's on.
    static let commands: [(name: String, type: any ParsableCommand.Type)] = below(Availd.self, named: "availd")

    private static func below(
        _ type: any ParsableCommand.Type, named name: String
    ) -> [(name: String, type: any ParsableCommand.Type)] {
        let children = type.configuration.subcommands
        guard !children.isEmpty else { return [(name, type)] }
        return children.flatMap { below($0, named: name + " " + $0._commandName) }
    }

    /// The lines of the examples in the help of `type`, in a terminal of `columns`.
    private static func lines(_ type: any ParsableCommand.Type, columns: Int) -> [String] {
        let help = Availd.helpMessage(for: type, columns: columns).split(
            separator: "\n", omittingEmptySubsequences: false)
        guard let start = help.firstIndex(where: { $0 == "EXAMPLES" || $0 == "EXAMPLE" }) else { return [] }
        return help[(start + 1)...].prefix { !$0.isEmpty }.map(String.init)
    }

    /// The examples, each whatever its number of lines.
    private static func examples(_ type: any ParsableCommand.Type) -> [String] {
        var examples: [String] = []
        var continues = false
        for line in lines(type, columns: 1000) {
            let text = line.drop { $0 == " " }
            if continues, let last = examples.popLast() {
                examples.append(String(last.dropLast()) + String(text))
            } else {
                examples.append(String(text))
            }
            continues = text.hasSuffix("\\")
        }
        return examples
    }

    @Test func everyCommandHasExamples() {
        #expect(Self.commands.count > 35)
        for (name, type) in Self.commands { #expect(!Self.examples(type).isEmpty, "\(name)") }
    }

    @Test func aTerminalBreaksNoExample() {
        for (name, type) in Self.commands {
            #expect(Self.lines(type, columns: 80) == Self.lines(type, columns: 1000), "\(name)")
        }
    }

    @Test func everyExampleIsTaken() throws {
        for (name, type) in Self.commands {
            var isShown = false
            for example in Self.examples(type) {
                let words = try #require(ShellWords.commands(example), "a quote is open: \(example)")
                let own = words.filter { $0.contains("availd") }
                #expect(own.count == 1, "\(name): \(example)")
                for command in own {
                    // What stands before the name is for the environment.
                    let arguments = Array(command.drop { $0 != "availd" }.dropFirst())
                    do {
                        isShown = try Swift.type(of: Availd.parseAsRoot(arguments)) == type || isShown
                    } catch {
                        Issue.record("\(example)\n\(Availd.message(for: error))")
                    }
                }
            }
            #expect(isShown, "no example is of \(name)")
        }
    }

    @Test func aBrokenQuoteIsSeen() {
        #expect(ShellWords.commands("availd a --b \"c") == nil)
        #expect(ShellWords.commands("x 'y | z' | availd \"a b\" > f") == [["x", "y | z"], ["availd", "a b"]])
    }
}

/// A line of shell as far as examples use it: words, quotes, pipes, and redirections of the output.
enum ShellWords {
    /// The words of each command of a pipe; nil where a quote does not end.
    static func commands(_ line: String) -> [[String]]? {
        var commands: [[String]] = [[]]
        var word: String?
        var quote: Character?
        func finished(_ commands: [[String]], _ word: String?) -> [[String]] {
            guard let word, let last = commands.last else { return commands }
            return commands.dropLast() + [last + [word]]
        }
        for character in line {
            if character == quote {
                quote = nil
            } else if quote != nil {
                word = (word ?? "") + String(character)
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character == "|" || character == " " {
                commands = finished(commands, word)
                word = nil
                if character == "|" { commands.append([]) }
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else { return nil }
        return finished(commands, word).map { Array($0.prefix { $0 != ">" }) }
    }
}
