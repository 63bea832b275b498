import Intake
import SLA

/// `samples.csv`, which names services and checks itself.
enum SampleFile {
    /// Reads the content of a `samples.csv` that is called `file` in messages.
    static func history(
        _ bytes: UnsafeRawBufferPointer, file: String, catalog: Catalog, progress: (Int) -> Void
    ) throws(Diagnostics) -> History {
        var table = try Table(
            bytes, file: file, required: ["at", "service", "state"],
            optional: ["check", "latency_ms", "cause", "family", "pass", "pass_ends"])
        var parser = SampleParser(table: table, catalog: catalog)
        while table.next() {
            parser.builder.tally.records += 1
            parser.read(&table)
            if parser.builder.tally.records % 200_000 == 0 {
                progress(table.reader.bytesRead * 100 / max(1, bytes.count))
            }
        }
        let series = parser.finish(&table)
        try table.check()
        return History(
            format: .availd, series: series, texts: parser.builder.texts, tally: parser.builder.tally,
            passEnds: parser.passEnds)
    }
}

/// Turns records into samples, and reports each that is none.
private struct SampleParser {
    private let catalog: Catalog
    private let at: Table.Column
    private let service: Table.Column
    private let check: Table.Column?
    private let state: Table.Column
    private let latency: Table.Column?
    private let cause: Table.Column?
    private let family: Table.Column?
    private let pass: Table.Column?
    private let ends: Table.Column?

    /// Where each pass of a check ended, and on which line that is said.
    private var ended: [PassKey: (at: Instant, line: Int)] = [:]

    private struct PassKey: Hashable {
        let check: CheckID
        let pass: Pass
    }

    /// Where passes ended, as the records say.
    var passEnds: [PassEnd] {
        ended.sorted { ($0.key.check, $0.key.pass) < ($1.key.check, $1.key.pass) }.map { key, end in
            PassEnd(pass: key.pass, check: key.check, at: end.at, recordedAt: .distantPast)
        }
    }

    var builder = HistoryBuilder()
    private var indices: [String: [String: Int]] = [:]

    /// The last record's service and check as they stood in the file: the next one mostly has the same.
    private var recentKey: [UInt8] = []
    private var recentIndex: Int?

    init(table: Table, catalog: Catalog) {
        self.catalog = catalog
        // The header was checked: what is required is there.
        at = table.column("at") ?? 0
        service = table.column("service") ?? 0
        state = table.column("state") ?? 0
        check = table.column("check")
        latency = table.column("latency_ms")
        cause = table.column("cause")
        family = table.column("family")
        pass = table.column("pass")
        ends = table.column("pass_ends")
    }

    mutating func read(_ table: inout Table) {
        let instant = InstantText.instant(table.reader.bytes(at))
        if instant == nil {
            table.report("at", notInstant(at, in: table))
        }
        let state = Self.state(table.reader.bytes(self.state))
        if state == nil {
            table.report(
                "state", "found \(found(self.state, in: table)), expected up, down or unknown",
                nearest: nearestName(to: table.reader.text(self.state) ?? "", among: ["up", "down", "unknown"]))
        }
        let evidence = evidence(&table)
        let (family, pass) = (self.family(&table), self.pass(&table))
        guard let index = series(&table), let instant, let state else { return }
        noteEnd(of: pass, of: builder.check(index), &table)
        builder.add(
            to: index, at: instant, state, pass: pass, family: family, latency: evidence.latency, cause: evidence.cause,
            record: table.reader.line)
    }

    private static func state(_ bytes: UnsafeRawBufferPointer) -> SampleState? {
        if bytes.elementsEqual("up".utf8) { return .up }
        if bytes.elementsEqual("down".utf8) { return .down }
        return bytes.elementsEqual("unknown".utf8) ? .unknown : nil
    }

    /// The family over which it was decided; nil where none is named, and where it is none, which is reported.
    private func family(_ table: inout Table) -> IPFamily? {
        guard let family, !table.reader.bytes(family).isEmpty else { return nil }
        let text = table.reader.text(family) ?? ""
        if let found = IPFamily(name: text) { return found }
        table.report(
            "family", "found \(found(family, in: table)), expected ipv4 or ipv6",
            nearest: nearestName(to: text, among: IPFamily.allCases.map(\.name)))
        return nil
    }

    /// The pass; 0 where none is named, and where it is none, which is reported.
    private func pass(_ table: inout Table) -> Pass {
        guard let pass, !table.reader.bytes(pass).isEmpty else { return 0 }
        if let number = Pass(table.reader.text(pass) ?? ""), number >= 0 { return number }
        table.report("pass", "found \(found(pass, in: table)), expected a number from 0")
        return 0
    }

    /// Takes note of where the record says that its pass ended; two ends of one pass are reported.
    private mutating func noteEnd(of pass: Pass, of check: CheckID, _ table: inout Table) {
        guard let ends, !table.reader.bytes(ends).isEmpty else { return }
        guard let at = InstantText.instant(table.reader.bytes(ends)) else {
            return table.report("pass_ends", notInstant(ends, in: table))
        }
        let key = PassKey(check: check, pass: pass)
        if let known = ended[key], known.at != at {
            return table.report(
                "pass_ends",
                "pass \(pass) of \(check) ends at \(at.milliseconds), "
                    + "but line \(known.line) says \(known.at.milliseconds)")
        }
        ended[key] = (at, ended[key]?.line ?? table.reader.line)
    }

    /// What the calculation does not use, the latency in µs.
    private func evidence(_ table: inout Table) -> (latency: Int64?, cause: String?) {
        var found: (latency: Int64?, cause: String?)
        if let latency, !table.reader.bytes(latency).isEmpty {
            found.latency = Microseconds.ofMilliseconds(table.reader.text(latency) ?? "")
            if found.latency == nil {
                table.report(
                    "latency_ms",
                    "found \(self.found(latency, in: table)), expected milliseconds, not negative")
            }
        }
        if let cause, !table.reader.bytes(cause).isEmpty {
            found.cause = table.unguardedText("cause")
        }
        return found
    }

    /// The index of the record's check; nil, and reported, where it has none.
    private mutating func series(_ table: inout Table) -> Int? {
        let serviceBytes = table.reader.bytes(service)
        let checkBytes = check.map { table.reader.bytes($0) }
        if isRecent(serviceBytes, checkBytes) { return recentIndex }
        recentKey.removeAll(keepingCapacity: true)
        recentKey.append(contentsOf: serviceBytes)
        recentKey.append(0)
        if let checkBytes { recentKey.append(contentsOf: checkBytes) }
        recentIndex = lookUp(&table)
        if recentIndex == nil { recentKey = [] }
        return recentIndex
    }

    private func isRecent(_ service: UnsafeRawBufferPointer, _ check: UnsafeRawBufferPointer?) -> Bool {
        let checkCount = check?.count ?? 0
        guard recentKey.count == service.count + 1 + checkCount, recentIndex != nil else { return false }
        return recentKey[..<service.count].elementsEqual(service) && recentKey[service.count] == 0
            && (check.map { recentKey[(service.count + 1)...].elementsEqual($0) } ?? true)
    }

    private mutating func lookUp(_ table: inout Table) -> Int? {
        guard let serviceID = table.text("service"), let checkID = table.text("check") else { return nil }
        if let index = indices[serviceID]?[checkID] { return index }
        guard let check = CheckNames.check(in: &table, catalog: catalog) else { return nil }
        return index(of: check, spelled: checkID)
    }

    private mutating func index(of check: CheckID, spelled: String) -> Int {
        let index = builder.series(of: check)
        // `default`, spelled out or left out, is one series.
        indices[check.service, default: [:]][check.check] = index
        indices[check.service, default: [:]][spelled] = index
        return index
    }

    /// Sorts each series, drops what is there twice, and reports instants with two states.
    mutating func finish(_ table: inout Table) -> [CheckID: [History.Entry]] {
        builder.finish(.isAMistake) { check, kept, entry in
            table.report(
                line: Int(entry.record), "state",
                "\(entry.sample.state.name) for \(check) at \(entry.sample.at.milliseconds), "
                    + "but line \(kept.record) says \(kept.sample.state.name)")
        }
    }

    private func notInstant(_ column: Table.Column, in table: Table) -> String {
        table.reader.text(column).map(InstantText.mistake)
            ?? "found text that is not UTF-8, expected \(InstantText.expected)"
    }

    private func found(_ column: Table.Column, in table: Table) -> String {
        table.reader.text(column).map { Diagnostic.quoted($0) } ?? "text that is not UTF-8"
    }
}
