import Logging
import SLA
import Synchronization

@testable import Monitor

/// Takes alerts, or does not.
final class TestSink: AlertSink {
    private struct State {
        var lines: [(alert: Alert, number: Int64)] = []
        var obstacle: String?
        var questions = 0
        var deaf = 0..<0
    }

    private let state = Mutex(State())

    var written: [Alert] { state.withLock { $0.lines.map(\.alert) } }
    /// The numbers of the lines, in their order.
    var numbers: [Int64] { state.withLock { $0.lines.map(\.number) } }

    /// How often it was asked whether it hears.
    var questions: Int { state.withLock { $0.questions } }

    /// From now on it hears nothing, for `obstacle`; nil where it hears again.
    func refuse(_ obstacle: String?) { state.withLock { $0.obstacle = obstacle } }

    /// It hears nothing at the questions numbered `questions`, from 0 on.
    func refuse(at questions: Range<Int>) { state.withLock { $0.deaf = questions } }

    func obstacle() -> String? {
        state.withLock { state in
            defer { state.questions += 1 }
            return state.deaf.contains(state.questions) ? "no such file" : state.obstacle
        }
    }

    func write(_ alert: Alert, number: Int64) { state.withLock { $0.lines.append((alert, number)) } }
}

/// Log lines, as they come.
final class TestLog: Sendable {
    private let state = Mutex<[String]>([])

    var lines: [String] { state.withLock { $0 } }

    /// A logger that writes here.
    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private func add(_ line: String) { state.withLock { $0.append(line) } }

    private struct Handler: LogHandler {
        let log: TestLog
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { log.add("\(event.level) \(event.message)") }
    }
}

/// What was asked of the outbox between two turns.
final class TestAnnouncements: Sendable {
    private let state = Mutex<(isToDeliver: Bool, unrecorded: [Alert])>((false, []))

    var announcing: Recorder.Announcing {
        Recorder.Announcing(
            deliver: { self.state.withLock { $0.isToDeliver = true } },
            announce: { alert in self.state.withLock { $0.unrecorded.append(alert) } })
    }

    /// Takes what there is.
    func take() -> (isToDeliver: Bool, unrecorded: [Alert]) {
        state.withLock { state in
            defer { state = (false, []) }
            return state
        }
    }
}
