import Intake
import SLA

/// Reads what Prometheus' HTTP API answers about `probe_success`: a matrix, of a range query or, exactly as scraped,
/// of an instant query for a range vector (`probe_success[1d]`).
///
/// 1 is up, 0 is down, NaN is unknown. A series that became stale has no sample there, and so has the ledger.
struct PrometheusReader {
    private var document: ForeignDocument
    private var names: SeriesNames
    private var builder = HistoryBuilder()
    private var grid = SampleGrid()
    private var remarks: [String] = []

    init(file: String, names: SeriesNames) {
        document = ForeignDocument(file: file)
        self.names = names
    }

    /// What all of `bytes` says.
    func history(_ bytes: UnsafeRawBufferPointer, _ progress: (Int) -> Void) throws(Diagnostics) -> History {
        var reader = self
        var document = document
        document.read(bytes) { scanner, document in
            reader.document = document
            try reader.answer(&scanner) { progress($0 * 100 / max(1, bytes.count)) }
            document = reader.document
        }
        let series = reader.builder.finish(.isAMistake) { view, kept, entry in
            document.mistakes.add(.contradiction(view.check, kept, entry, file: document.file))
        }
        try document.mistakes.check()
        if let step = reader.grid.step {
            reader.remarks.append(
                "every sample stands on one grid of \(DurationText.spoken(step)), as a range query gives them, which "
                    + "repeats the last value for up to 5 min; a query for the range vector (probe_success[1d]) is exact"
            )
        }
        return History(
            format: .prometheus, series: series, texts: reader.builder.texts, tally: reader.builder.tally,
            sources: reader.names.found, remarks: reader.remarks + reader.names.unusedRules)
    }

    /// The whole answer, or the list of series alone.
    private mutating func answer(_ scanner: inout JSONScanner, progress: (Int) -> Void) throws {
        if try scanner.kind() == .array { return try result(&scanner, "", progress) }
        let members = try scanner.object()
        if var error = members["error"], let text = try error.scalar() {
            document.report(error, "error", "Prometheus refused the query: \(text)")
            return
        }
        if var warnings = members["warnings"], try warnings.kind() == .array {
            try warnings.elements { _, scanner in
                if let text = try scanner.scalar() { remarks.append("Prometheus warns: \(text)") }
            }
        }
        guard var data = members["data"], try data.kind() == .object else {
            document.report(scanner, "data", "the member is missing, expected a query's answer")
            return
        }
        let inner = try data.object()
        var type = inner["resultType"]
        let typeName = try type?.scalar() ?? "matrix"
        guard typeName == "matrix" else {
            document.report(
                type ?? data, "data.resultType",
                "found \(Diagnostic.quoted(typeName)), expected matrix: query_range, or query for probe_success[1d]")
            return
        }
        guard var list = inner["result"] else {
            document.report(data, "data.result", "the member is missing, expected a list of series")
            return
        }
        try result(&list, "data.result", progress)
    }

    private mutating func result(_ scanner: inout JSONScanner, _ path: String, _ progress: (Int) -> Void) throws {
        try scanner.elements { index, scanner in
            progress(scanner.bytesRead)
            let start = scanner
            let path = "\(path)[\(index)]"
            guard try scanner.kind() == .object else {
                document.report(start, path, "found \(ForeignDocument.found(start)), expected a series")
                return try scanner.skip()
            }
            let members = try scanner.object()
            var labels: [String: String] = [:]
            if var metric = members["metric"], try metric.kind() == .object {
                try metric.members { name, scanner in labels[name] = try scanner.scalar() }
            } else {
                document.report(start, path + ".metric", "expected the labels of the series")
            }
            guard var values = members["values"], try values.kind() == .array else {
                document.report(start, path + ".values", "expected the samples of the series")
                return
            }
            try series(labels, &values, path)
        }
    }

    private mutating func series(_ labels: [String: String], _ values: inout JSONScanner, _ path: String) throws {
        let metric = labels["__name__"]
        var others = labels
        others["__name__"] = nil
        let number = names.number(
            title: LabelText.text(others), names: [labels["instance"], labels["target"]].compactMap { $0 },
            labels: labels)
        let isTaken = metric ?? "probe_success" == "probe_success"
        let check = isTaken ? names.found[number].check : nil
        let target = check.map { builder.series(of: $0) }
        var count = 0
        try values.elements { index, scanner in
            count += 1
            guard let target else { return try scanner.skip() }
            try value(&scanner, to: target) { "\(path).values[\(index)]" }
        }
        builder.tally.records += count
        names.count(count, of: number)
        if !isTaken {
            builder.drop("of another metric than probe_success", count)
        } else if target == nil {
            builder.drop("of a series that is no check", count)
        }
    }

    private mutating func value(_ scanner: inout JSONScanner, to target: Int, path: () -> String) throws {
        let start = scanner
        var at: Instant?
        var text: UnsafeRawBufferPointer?
        var parts = 0
        if try scanner.kind() == .array {
            try scanner.elements { index, scanner in
                parts += 1
                switch index {
                case 0: at = try scanner.rawScalar().flatMap(SecondsText.instant)
                case 1: text = try scanner.rawScalar()
                default: try scanner.skip()
                }
            }
        } else {
            try scanner.skip()
        }
        guard parts == 2, let at else {
            document.report(
                start, path(), "found \(ForeignDocument.found(start)), expected [seconds since the epoch, \"value\"]")
            return
        }
        let state: SampleState
        if let text, text.elementsEqual("1".utf8) {
            state = .up
        } else if let text, text.elementsEqual("0".utf8) {
            state = .down
        } else if let text, text.elementsEqual("NaN".utf8) {
            state = .unknown
        } else {
            let found = text.map { Diagnostic.quoted(String(decoding: $0, as: UTF8.self)) } ?? "no number"
            document.report(start, path(), "found \(found), expected 0, 1 or NaN")
            return
        }
        grid.add(at)
        let cause: String? =
            switch state {
            case .up: nil
            case .down: "Prometheus: probe_success is 0"
            case .unknown: "Prometheus: probe_success is NaN"
            }
        builder.add(to: target, at: at, state, cause: cause, record: builder.tally.records)
    }
}

/// Whether samples stand on one grid, as only a query with a step gives them: what is scraped from several targets
/// comes at the phase of each.
struct SampleGrid {
    private var first: Instant?
    private var divisor: Milliseconds = 0

    /// Looks at one more sample.
    mutating func add(_ at: Instant) {
        guard let first else {
            self.first = at
            return
        }
        var (a, b) = (divisor, abs(at - first))
        while b != 0 { (a, b) = (b, a % b) }
        divisor = a
    }

    /// The distance of the grid's lines in ms, where there is a grid of whole seconds; nil where there is none.
    var step: Milliseconds? {
        guard let first, divisor >= 1000, divisor % 1000 == 0, first.milliseconds % 1000 == 0 else { return nil }
        return divisor
    }
}

/// Seconds since the epoch with a fraction, as Prometheus writes instants.
enum SecondsText {
    /// The instant, exact to the millisecond; nil where `bytes` are no decimal number, or a finer one.
    static func instant(_ bytes: UnsafeRawBufferPointer) -> Instant? {
        var milliseconds: Int64 = 0
        var decimals = -1
        for byte in bytes {
            if byte == UInt8(ascii: "."), decimals < 0 {
                decimals = 0
                continue
            }
            let digit = byte &- UInt8(ascii: "0")
            // Twelve digits of seconds reach the year 9999 and no further.
            guard digit < 10, milliseconds < 1_000_000_000_000_000 else { return nil }
            if decimals >= 3 {
                if digit != 0 { return nil }
                continue
            }
            milliseconds = milliseconds * 10 + Int64(digit)
            if decimals >= 0 { decimals += 1 }
        }
        guard bytes.count > (decimals >= 0 ? 1 : 0) else { return nil }
        for _ in max(0, decimals)..<3 { milliseconds *= 10 }
        return milliseconds < 253_402_300_800_000 ? Instant(milliseconds: milliseconds) : nil
    }
}

extension Diagnostic {
    /// Two states of one check at one instant, in records that have no line of their own.
    static func contradiction(
        _ check: CheckID, _ kept: History.Entry, _ entry: History.Entry, file: String
    ) -> Diagnostic {
        Diagnostic(
            file: file,
            message: "\(entry.sample.state.name) for \(check) at \(entry.sample.at.milliseconds), "
                + "but another record says \(kept.sample.state.name)")
    }
}
