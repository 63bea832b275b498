import Foundation
import SLA
import Testing

@testable import Ledger

/// A directory of its own for one test, removed with it.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/ledger-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var ledger: String { path + "/ledger.sqlite" }

    /// Its entries, sorted.
    func entries() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }
}

/// Another process that works on a ledger; killed, by its pid, when it is no longer needed.
final class Child {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var pending = Data()

    init(_ work: String, _ directory: String, _ count: Int = 0) throws {
        // A child that ended early must fail its test, not end all of them.
        signal(SIGPIPE, SIG_IGN)
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let products = [URL(fileURLWithPath: tests).deletingLastPathComponent(), Bundle.main.bundleURL]
        let candidates = products.map { $0.appendingPathComponent("LedgerChild") }
        let found = candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
        let executable: URL = try #require(found, "LedgerChild is none of \(candidates)")
        process.executableURL = executable
        process.arguments = [work, directory, String(count)]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    deinit {
        if process.isRunning { kill() }
    }

    var pid: Int32 { process.processIdentifier }

    /// Its next line; nil when it has ended.
    func line() -> String? {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: pending[pending.startIndex..<end], as: UTF8.self)
                pending = Data(pending[(end + 1)...])
                return line
            }
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { return nil }
            pending += more
        }
    }

    /// The lines that are left, until it ends.
    func lines() -> [String] {
        var lines: [String] = []
        while let line = line() { lines.append(line) }
        return lines
    }

    /// Lets it go on from where it waits for a line.
    func proceed() {
        try? input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
    }

    func kill() {
        Foundation.kill(pid, SIGKILL)
    }

    /// Waits until it has ended; its exit status, or the signal that ended it.
    func status() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }
}

func t(_ ms: Int64) -> Instant { Instant(milliseconds: ms) }

func span(_ start: Int64, _ end: Int64) throws -> Interval {
    try #require(Interval(t(start), t(end)))
}

let web = CheckID(service: "web", check: "default")

func observation(
    _ at: Int64, _ state: SampleState = .up, check: CheckID = web, cause: Cause? = nil
) -> Observation {
    Observation(check: check, sample: Sample(at: t(at), state: state), cause: cause)
}

func alert(_ event: AlertEvent, _ subject: String, _ at: Int64, _ fields: [Alert.Field] = []) -> Alert {
    Alert(event: event, subject: subject, at: t(at), fields: fields)
}

/// The error that `body` throws, where it is an `E`; otherwise the test fails.
func failure<E: Error, T>(_ type: E.Type, _ body: () throws -> T) -> E? {
    do {
        _ = try body()
        Issue.record("nothing was thrown")
    } catch let error as E {
        return error
    } catch {
        Issue.record("thrown instead of \(E.self): \(error)")
    }
    return nil
}
