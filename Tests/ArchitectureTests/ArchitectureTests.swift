import Foundation
import Testing

/// The direction of the arrows in the sources as they are.
@Suite struct ArchitectureTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    /// The Swift files below `Sources`, by their path from there.
    private static func files() throws -> [(path: String, text: String)] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path)
        return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            (path, try String(contentsOf: sources.appending(path: path), encoding: .utf8))
        }
    }

    @Test func everyFileKeepsToItsLayer() throws {
        for file in try Self.files() {
            for violation in Architecture.violations(path: file.path, text: file.text) {
                Issue.record("\(violation)")
            }
        }
    }

    /// The files were found at all, those of every layer.
    @Test func everyLayerHasFiles() throws {
        let modules = try Set(Self.files().map { String($0.path.prefix { $0 != "/" }) })
        #expect(modules == Set(Architecture.layers.keys))
    }

    /// No layer may reach itself through those it may import.
    @Test func arrowsHaveNoCircle() {
        func reach(_ module: String, _ depth: Int) -> Set<String> {
            let next = Architecture.layers[module] ?? []
            return depth == 0 ? next : next.reduce(next) { $0.union(reach($1, depth - 1)) }
        }
        for module in Architecture.layers.keys {
            #expect(!reach(module, Architecture.layers.count).contains(module), "\(module)")
        }
    }
}
