import Foundation
import Testing

@testable import Configuration

/// Every mistake has a file in `Bad`, and beside it the exact message: `NAME.yaml` and `NAME.txt`. A new file
/// fails until someone has written down what it should say.
@Suite struct BadFileTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Bad")

    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }()

    @Test(arguments: names)
    func saysExactly(_ name: String) throws {
        let directory = Self.folder.path + "/"
        let found: String
        do {
            _ = try Configuration.load(path: directory + name + ".yaml", secrets: .required, environment: [:])
            found = "(no mistake)"
        } catch {
            found = error.description.replacing(directory, with: "")
        }
        let golden = directory + name + ".txt"
        let expected = try? String(contentsOfFile: golden, encoding: .utf8)
        #expect(found + "\n" == expected, "\(name).txt should say, if this is right:\n\(found)")
    }

    @Test func thereAreManyOfThem() throws {
        #expect(Self.names.count >= 30)
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        let goldens = Set(files.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) })
        #expect(goldens == Set(Self.names))
    }
}
