import Intake
import SLA

/// Reads heartbeats of Uptime Kuma: a document with `heartbeatList` (and `monitorList`, for the names), a list of
/// heartbeats as JSON, or the rows of its table `heartbeat` as CSV.
///
/// Each beat is a probe at its `time`, which is UTC where it has no offset. DOWN and PENDING are down: a pending
/// beat is one that failed and will be tried again. UP is up. MAINTENANCE is unknown: Kuma did not probe.
struct KumaReader {
    private var document: ForeignDocument
    private var names: SeriesNames
    private var builder = HistoryBuilder()
    private var monitors: [String: [String]] = [:]

    init(file: String, names: SeriesNames) {
        document = ForeignDocument(file: file)
        self.names = names
    }

    /// What all of `bytes` says.
    func history(_ bytes: UnsafeRawBufferPointer, _ progress: (Int) -> Void) throws(Diagnostics) -> History {
        var reader = self
        let start = bytes.first { $0 > 0x20 && $0 < 0x80 }
        if start == UInt8(ascii: "{") || start == UInt8(ascii: "[") {
            var document = reader.document
            document.read(bytes) { scanner, document in
                reader.document = document
                try reader.root(&scanner) { progress($0 * 100 / max(1, bytes.count)) }
                document = reader.document
            }
            reader.document = document
        } else {
            try reader.rows(bytes, progress)
        }
        var mistakes = reader.document.mistakes
        let series = reader.builder.finish(.isAMistake) { view, kept, entry in
            mistakes.add(.contradiction(view.check, kept, entry, file: reader.document.file))
        }
        try mistakes.check()
        return History(
            format: .uptimeKuma, series: series, texts: reader.builder.texts, tally: reader.builder.tally,
            sources: reader.names.found, remarks: reader.names.unusedRules)
    }

    // MARK: - JSON

    private mutating func root(_ scanner: inout JSONScanner, progress: (Int) -> Void) throws {
        if try scanner.kind() == .array { return try beats(&scanner, monitor: nil, "", progress) }
        let members = try scanner.object()
        for key in ["monitorList", "publicGroupList"] {
            if var list = members[key] { try learn(&list) }
        }
        guard var list = members["heartbeatList"], try list.kind() == .object || list.kind() == .array else {
            document.report(
                scanner, "heartbeatList",
                "the document holds no heartbeats, expected them; Kuma's own backup has none: export its table heartbeat"
            )
            return
        }
        if try list.kind() == .array { return try beats(&list, monitor: nil, "heartbeatList", progress) }
        try list.members { monitor, scanner in
            let path = "heartbeatList.\(monitor)"
            guard try scanner.kind() == .array else {
                document.report(scanner, path, "found \(ForeignDocument.found(scanner)), expected a list of heartbeats")
                return try scanner.skip()
            }
            try beats(&scanner, monitor: monitor, path, progress)
        }
    }

    /// Learns the names of monitors wherever they stand below the value that comes next.
    private mutating func learn(_ scanner: inout JSONScanner) throws {
        switch try scanner.kind() {
        case .array:
            try scanner.elements { _, scanner in try learn(&scanner) }
        case .object:
            let members = try scanner.object()
            var id = members["id"]
            if let id = try id?.scalar(), members["monitorList"] == nil {
                for key in ["name", "url", "hostname"] {
                    var value = members[key]
                    if let text = try value?.scalar(), !text.isEmpty { monitors[id, default: []].append(text) }
                }
            }
            for (_, value) in members.sorted(by: { $0.key < $1.key }) {
                var value = value
                if [.array, .object].contains(try value.kind()) { try learn(&value) }
            }
        default:
            try scanner.skip()
        }
    }

    private mutating func beats(
        _ scanner: inout JSONScanner, monitor: String?, _ path: String, _ progress: (Int) -> Void
    ) throws {
        try scanner.elements { index, scanner in
            if index % 10_000 == 0 { progress(scanner.bytesRead) }
            let start = scanner
            guard try scanner.kind() == .object else {
                document.report(
                    start, "\(path)[\(index)]", "found \(ForeignDocument.found(start)), expected a heartbeat")
                return try scanner.skip()
            }
            var beat = Beat(monitor: monitor)
            try scanner.members { name, scanner in
                if Beat.columns.contains(name) {
                    beat.set(name, try scanner.scalar() ?? "")
                } else {
                    try scanner.skip()
                }
            }
            let (line, file) = (start.line, document.file)
            take(beat) { field, message in
                Diagnostic(file: file, line: line, field: "\(path)[\(index)].\(field)", message: message)
            }
        }
    }

    // MARK: - CSV

    private mutating func rows(_ bytes: UnsafeRawBufferPointer, _ progress: (Int) -> Void) throws(Diagnostics) {
        var table = try Table(
            bytes, file: document.file, required: ["monitor_id", "status", "time"],
            optional: ["msg", "ping", "monitor_name", "monitor_url"], allowingOthers: true)
        while table.next() {
            var beat = Beat(monitor: nil)
            for column in Beat.columns { if let text = table.text(column) { beat.set(column, text) } }
            let line = table.reader.line
            take(beat) { field, message in
                Diagnostic(file: table.file, line: line, field: field, message: message)
            }
            if builder.tally.records % 100_000 == 0 { progress(table.reader.bytesRead * 100 / max(1, bytes.count)) }
        }
        try table.check()
    }

    // MARK: - A beat

    private mutating func take(_ beat: Beat, mistake: (String, String) -> Diagnostic) {
        builder.tally.records += 1
        guard let monitor = beat.monitor, !monitor.isEmpty else {
            document.mistakes.add(mistake("monitor_id", "found nothing, expected the monitor's number"))
            return
        }
        let known = monitors[monitor] ?? []
        let name = beat.name.isEmpty ? known.first : beat.name
        let number = names.number(
            title: name.map { "\(monitor) (\($0))" } ?? monitor,
            names: [monitor] + known + [beat.name, beat.url].filter { !$0.isEmpty })
        names.count(1, of: number)
        let at = RFC3339.instant(beat.time) ?? RFC3339.instant(beat.time + "Z")
        if at == nil {
            document.mistakes.add(
                mistake("time", "found \(Diagnostic.quoted(beat.time)), expected UTC as 2026-10-01 00:00:00.250"))
        }
        guard let status = Beat.Status(rawValue: beat.status) else {
            document.mistakes.add(
                mistake(
                    "status",
                    "found \(Diagnostic.quoted(beat.status)), expected 0 (down), 1 (up), 2 (pending) or 3 (maintenance)"
                ))
            return
        }
        guard let at else { return }
        guard let check = names.found[number].check else { return builder.drop("of a monitor that is no check") }
        builder.add(
            to: builder.series(of: check), at: at, status.state, latency: Microseconds.ofMilliseconds(beat.ping),
            cause: status.cause(beat.message), record: builder.tally.records)
    }
}

/// A heartbeat as its fields stand in the file.
private struct Beat {
    var monitor: String?
    var status = ""
    var time = ""
    var message = ""
    var ping = ""
    var name = ""
    var url = ""

    init(monitor: String?) { self.monitor = monitor }

    /// The names of the fields that are looked at, in Kuma's JSON and in its table.
    static let columns: Set = [
        "monitor_id", "monitorID", "status", "time", "msg", "ping", "monitor_name", "monitor_url",
    ]

    mutating func set(_ column: String, _ text: String) {
        switch column {
        case "monitor_id", "monitorID": if !text.isEmpty { monitor = text }
        case "status": status = text
        case "time": time = text
        case "msg": message = text
        case "ping": ping = text
        case "monitor_name": name = text
        default: url = text
        }
    }

    /// What Kuma's numbers mean (its `src/util.ts`).
    enum Status: String {
        case down = "0"
        case up = "1"
        case pending = "2"
        case maintenance = "3"

        var state: SampleState {
            switch self {
            case .up: .up
            case .down, .pending: .down
            case .maintenance: .unknown
            }
        }

        /// Why it is not up; `message` is Kuma's own word for it.
        func cause(_ message: String) -> String? {
            switch self {
            case .up: nil
            case .down: message.isEmpty ? "Uptime Kuma: down" : "Uptime Kuma: \(message)"
            case .pending: "Uptime Kuma: failed, to be tried again" + (message.isEmpty ? "" : ": \(message)")
            case .maintenance: "Uptime Kuma: maintenance, not probed"
            }
        }
    }
}
