import Foundation
import Testing

/// Holds `text` against the golden file `name`; a new one fails until someone has looked at it.
func expectGolden(_ text: String, _ name: String) throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
    guard let golden = try? String(contentsOf: path, encoding: .utf8) else {
        try text.write(to: path, atomically: true, encoding: .utf8)
        Issue.record("\(name) is new: look at it, then commit it")
        return
    }
    #expect(text == golden, "\(name)")
}
