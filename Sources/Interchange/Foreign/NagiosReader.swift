import Intake
import SLA

/// Reads the log of Nagios (of Naemon and Icinga 1, which write the same), or archives of it one after the other.
///
/// The log has changes of state, not probes, and nothing is invented between them:
/// - An alert, soft or hard, is a check's result: a sample at its instant.
/// - A state that is held is samples at the check's own interval, marked as derived in their cause, only while the
///   log shows that Nagios ran and did not change its mind: Nagios writes every change.
///   - It ends at the object's next line, at a shutdown or a start, at the log's turning over where the state is not
///     said again, where the checks are switched off, and at the log's last line.
///   - A silence of more than ``longestSilence`` ends it at the line before: Nagios writes at least once an hour, so
///     it did not run, or a part of the log is missing.
///   - The state that Nagios says at its start is what it remembers: the first sample comes an interval later.
/// - OK, UP and WARNING are up; CRITICAL and DOWN down; UNKNOWN and UNREACHABLE could not tell.
/// - Downtimes exclude nothing: they become candidates for exclusions, without notice.
struct NagiosReader {
    /// The longest time without any line, in ms, in which Nagios is taken to have run.
    static let longestSilence: Milliseconds = 2 * 3_600_000

    /// How far back a line may go, in ms: clocks are put right. Archives in the wrong order go further.
    private static let largestStep: Milliseconds = 60_000

    private let file: String
    private let catalog: Catalog
    private var mistakes = DiagnosticList()
    private var names: SeriesNames
    private var builder = HistoryBuilder()
    private var held: [NagiosLine.Object: Held] = [:]
    private var downtimes: NagiosDowntimes
    private var last: Instant?
    private var rotated: Instant?
    private var steps = 0

    /// A state that goes on.
    private struct Held {
        var state: String
        var output: String
        var since: Instant
        var check: CheckID
        /// The samples up to here are there.
        var shown: Instant
        var record: Int
        /// Whether the log was turned over and the state has not been said again.
        var isUnconfirmed = false
    }

    init(file: String, catalog: Catalog, names: SeriesNames) {
        self.file = file
        self.catalog = catalog
        self.names = names
        downtimes = NagiosDowntimes()
    }

    /// What all of `bytes` says.
    func history(_ bytes: UnsafeRawBufferPointer, _ progress: (Int) -> Void) throws(Diagnostics) -> History {
        var reader = self
        var start = 0
        var number = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            number += 1
            if number % 50_000 == 0 { progress(start * 100 / bytes.count) }
            reader.read(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), line: number)
            start = end + 1
        }
        if let last = reader.last { reader.endAll(at: last, includingEnd: true) }
        let excluded = reader.downtimes.exclusions(end: reader.last, names: reader.names.found)
        let series = reader.builder.finish(.laterRecordHolds)
        try reader.mistakes.check()
        return History(
            format: .nagios, series: series, texts: reader.builder.texts, tally: reader.builder.tally,
            sources: reader.names.found, remarks: reader.remarks, downtimes: excluded)
    }

    private var remarks: [String] {
        var remarks = names.unusedRules
        if steps > 0 {
            remarks.append("the log goes back in time \(steps) times; what was held there is not carried on")
        }
        let taken = Dictionary(grouping: names.found.filter { $0.check != nil }) { $0.check }
        for (check, objects) in taken.sorted(by: { ($0.key?.description ?? "") < ($1.key?.description ?? "") })
        where objects.count > 1 {
            let list = objects.map(\.name).joined(separator: ", ")
            remarks.append(
                "\(list) are all taken for \(check?.description ?? ""); where they disagree, the later line holds")
        }
        return remarks
    }

    // MARK: - Lines

    private mutating func read(_ bytes: UnsafeRawBufferPointer, line number: Int) {
        let text = String(decoding: bytes, as: UTF8.self)
        let trimmed = text.hasSuffix("\r") ? text.dropLast() : text[...]
        if trimmed.isEmpty { return }
        builder.tally.records += 1
        guard let line = NagiosLine(trimmed) else {
            mistakes.add(
                Diagnostic(
                    file: file, line: number,
                    message: "found \(Diagnostic.quoted(trimmed)), expected [seconds since the epoch] and what happened"
                ))
            return
        }
        if let last, line.at - last > Self.longestSilence || last - line.at > Self.largestStep {
            endAll(at: last, includingEnd: true)
            if line.at < last { steps += 1 }
            self.last = line.at
        } else {
            last = max(last ?? line.at, line.at)
        }
        if let rotated, line.at > rotated { endRotated(at: rotated) }
        take(line, number)
    }

    private mutating func take(_ line: NagiosLine, _ number: Int) {
        switch line.event {
        case .alert(let object, let state, let output):
            change(object, state, output, at: line.at, number, isProbe: true, isInitial: false)
        case .held(let object, let state, let output, let isInitial):
            change(object, state, output, at: line.at, number, isProbe: false, isInitial: isInitial)
        case .downtime(let object, let begins):
            _ = names.number(title: object.name, names: [])
            downtimes.note(object, begins: begins, at: line.at, line: number)
        case .started, .stopped:
            endAll(at: line.at, includingEnd: false)
        case .rotated:
            rotated = line.at
            for (object, state) in held where state.since < line.at { held[object]?.isUnconfirmed = true }
        case .switchedOff(let host, let service, let isWholeHost):
            for object in Array(held.keys) {
                let isMeant =
                    host == nil
                    || object.host == host && (isWholeHost ? object.service != nil : object.service == service)
                if isMeant { end(object, at: line.at, includingEnd: false) }
            }
        case .other:
            break
        }
    }

    private mutating func change(
        _ object: NagiosLine.Object, _ state: String, _ output: String, at: Instant, _ number: Int, isProbe: Bool,
        isInitial: Bool
    ) {
        let series = names.number(title: object.name, names: [])
        names.count(1, of: series)
        guard let found = Self.sample(state) else {
            mistakes.add(
                Diagnostic(
                    file: file, line: number,
                    message: "found the state \(Diagnostic.quoted(state)), expected OK, WARNING, CRITICAL, UNKNOWN, "
                        + "UP, DOWN or UNREACHABLE"))
            return
        }
        guard let check = names.found[series].check else { return builder.drop("of an object that is no check") }
        // What was held until here is known now, and the log goes on.
        end(object, at: at, includingEnd: false)
        if isProbe {
            builder.add(
                to: builder.series(of: check), at: at, found, cause: found == .up ? nil : "Nagios: \(state): \(output)",
                record: number)
        }
        // A state that is said anew at the log's turning over is one sample at once; a remembered one waits.
        let interval = interval(of: check)
        let shown = isProbe || isInitial ? at : at - interval
        held[object] = Held(
            state: state, output: output, since: at, check: check, shown: shown, record: number)
    }

    /// Takes `state` for what it says of the service.
    private static func sample(_ state: String) -> SampleState? {
        switch state {
        case "OK", "UP", "WARNING", "RECOVERY": .up
        case "CRITICAL", "DOWN": .down
        case "UNKNOWN", "UNREACHABLE": .unknown
        default: nil
        }
    }

    // MARK: - States that are held

    private func interval(of id: CheckID) -> Milliseconds {
        catalog.service(id.service)?.checks.first { $0.id == id.check }?.interval ?? 60_000
    }

    /// Ends what was not said again when the log was turned over at `instant`: that is the last that is known of it.
    private mutating func endRotated(at instant: Instant) {
        rotated = nil
        for (object, state) in held where state.isUnconfirmed { end(object, at: instant, includingEnd: false) }
    }

    private mutating func endAll(at instant: Instant, includingEnd: Bool) {
        for object in Array(held.keys) { end(object, at: instant, includingEnd: includingEnd) }
    }

    /// Shows what `object` held up to `instant`, and forgets it.
    private mutating func end(_ object: NagiosLine.Object, at instant: Instant, includingEnd: Bool) {
        guard let state = held.removeValue(forKey: object), let found = Self.sample(state.state) else { return }
        let interval = interval(of: state.check)
        let number = builder.series(of: state.check)
        let cause = "derived: Nagios held \(state.state)" + (found == .up ? "" : ": \(state.output)")
        var at = state.shown + interval
        while at < instant || (includingEnd && at == instant) {
            builder.add(to: number, at: at, found, cause: cause, record: state.record)
            builder.tally.derived += 1
            at = at + interval
        }
    }
}
