import DocumentSupport
import Foundation
import Testing

/// The program that this test run has built, in a folder with a configuration and a ledger of its own.
final class BuiltProgram {
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
        var lines: [String] { output.split(whereSeparator: \.isNewline).map(String.init) }
    }

    let folder: String

    /// The program itself, beside the test bundle.
    static let program: URL = {
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appending(path: "availd")
            if FileManager.default.isExecutableFile(atPath: candidate.path), folder.path.contains(".build") {
                return candidate
            }
            folder.deleteLastPathComponent()
        }
        return folder
    }()

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "availd-program-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Writes `text` into the file `name` of the folder, and returns its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        return folder + "/" + name
    }

    /// Runs it with the folder's configuration.
    func callAsFunction(_ arguments: String...) throws -> Outcome { try self(arguments) }

    /// The same.
    func callAsFunction(_ arguments: [String]) throws -> Outcome {
        try Self.run(arguments + ["--config", folder + "/availd.yaml"], environment: ["USER": "operator"])
    }

    /// Runs it to its end.
    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = environment.merging(["COLUMNS": "100", "PATH": "/usr/bin"]) { given, _ in given }
        let (output, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, errors)
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        let remarks = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            errors: String(decoding: remarks, as: UTF8.self))
    }

    /// Runs the daemon until it watches, lets `body` act, and ends it.
    func whileDaemonRuns(_ body: (Process, () -> String) throws -> Void) throws {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = ["run", "--config", folder + "/availd.yaml"]
        process.environment = ["PATH": "/usr/bin"]
        let log = folder + "/daemon.log"
        try Data().write(to: URL(fileURLWithPath: log))
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        process.standardError = handle
        process.standardOutput = handle
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        let text = { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }
        try Self.eventually { text().contains("watching") || !process.isRunning }
        try body(process, text)
    }

    /// Holds `text` against the golden file `name`; a new one fails until someone has looked at it.
    static func expectGolden(_ text: String, _ name: String, _ place: SourceLocation = #_sourceLocation) throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name).txt")
        if let wrong = try GoldenFile.disagreement(text, with: path) {
            Issue.record("\(wrong)", sourceLocation: place)
        }
    }

    struct NeverSeen: Error {}

    /// Waits for a condition, a minute at the most.
    static func eventually(_ condition: () throws -> Bool) throws {
        for _ in 0..<1200 {
            if try condition() { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
        throw NeverSeen()
    }
}
