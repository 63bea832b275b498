import Foundation
import Testing

/// Every kept input, through its parser: what the fuzzers have reached once, and what they have broken.
@Suite struct CorpusTests {
    private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

    @Test(arguments: ParserProperty.all.map(\.name))
    func holdsForEveryKeptInput(_ name: String) throws {
        let property = try #require(ParserProperty.all.first { $0.name == name })
        let folder = Self.corpus.appending(path: name)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(files.count > 1)
        for file in files {
            let bytes = try Data(contentsOf: folder.appending(path: file))
            do {
                try bytes.withUnsafeBytes { try property.check($0) }
            } catch {
                Issue.record("\(name)/\(file): \(error)")
            }
        }
    }

    @Test func everyFolderIsAParsers() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path).sorted()
        #expect(folders == ParserProperty.all.map(\.name).sorted())
    }
}
