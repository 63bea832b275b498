import DocumentSupport
import Foundation
import Testing

/// Holds `text` against the golden file `name`; a new one fails until someone has looked at it.
func expectGolden(_ text: String, _ name: String, _ place: SourceLocation = #_sourceLocation) throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
    if let wrong = try GoldenFile.disagreement(text, with: path) {
        Issue.record("\(wrong)", sourceLocation: place)
    }
}

@Suite struct GoldenFileTests {
    @Test func whatDiffersIsSaidAndWhatToDo() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "golden-\(UUID()).txt")
        defer { try? FileManager.default.removeItem(at: path) }
        let name = path.lastPathComponent
        let text = "one\r\ntwo\r\nthree\r\n"
        #expect(try GoldenFile.disagreement(text, with: path) == "\(name) is new: look at it, then commit it")
        let same = try GoldenFile.disagreement(text, with: path)
        #expect(same == nil)
        let wrong = try GoldenFile.disagreement(text.replacing("two\r\n", with: "2\n"), with: path)
        #expect(
            wrong == """
                \(name) is another from line 2 on, in the file (-) and now (+):
                - two\\r
                - three\\r
                -\u{20}
                + 2
                + three\\r
                +\u{20}
                if this is right, delete \(path.path) and run again; then read git diff
                """)
        let longer = try GoldenFile.disagreement(text + "x", with: path)
        #expect(longer?.contains("from line 4 on, in the file (-) and now (+):\n- \n+ x\n") == true)
    }
}
