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
            optional: [
                "check", "latency_ms", "cause", "vantage", "family", "derived", "pass", "pass_ends", "known_at",
            ])
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
            format: .availd, series: series, vantages: parser.builder.vantages, texts: parser.builder.texts,
            tally: parser.builder.tally, remarks: parser.vantages.remarks(on: parser.builder.vantages),
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
    private let vantage: Table.Column?
    private let family: Table.Column?
    private let derived: Table.Column?
    private let pass: Table.Column?
    private let ends: Table.Column?
    private let known: Table.Column?

    /// Where each pass of a series ended, and on which line that is said.
    private var ended: [PassKey: (at: Instant, line: Int)] = [:]

    private struct PassKey: Hashable {
        let view: HistoryBuilder.View
        let pass: Pass
    }

    /// Where passes ended, as the records say.
    var passEnds: [PassEnd] {
        ended.sorted {
            let (a, b) = ($0.key, $1.key)
            return (a.view.check, a.view.vantage ?? "", a.pass) < (b.view.check, b.view.vantage ?? "", b.pass)
        }.map { key, end in
            PassEnd(
                pass: key.pass, check: key.view.check, vantage: key.view.vantage, at: end.at, recordedAt: .distantPast)
        }
    }

    var builder = HistoryBuilder()
    var vantages: VantageNames
    private var indices: [[String]: Int] = [:]

    /// The last record's service, check and vantage point as they stood in the file: the next one mostly has the same.
    private var recentKey: [UInt8] = []
    private var recentIndex: Int?

    init(table: Table, catalog: Catalog) {
        self.catalog = catalog
        vantages = VantageNames(catalog: catalog)
        // The header was checked: what is required is there.
        at = table.column("at") ?? 0
        service = table.column("service") ?? 0
        state = table.column("state") ?? 0
        check = table.column("check")
        latency = table.column("latency_ms")
        cause = table.column("cause")
        vantage = table.column("vantage")
        family = table.column("family")
        derived = table.column("derived")
        pass = table.column("pass")
        ends = table.column("pass_ends")
        known = table.column("known_at")
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
        let isDerived = derived.map { !table.reader.bytes($0).isEmpty && table.flag("derived") ?? false } ?? false
        let knownAt = knownAt(&table)
        guard let index = series(&table), let instant, let state else { return }
        noteEnd(of: pass, of: builder.view(index), &table)
        builder.add(
            to: index, at: instant, state, pass: pass, family: family, isDerived: isDerived, knownAt: knownAt,
            latency: evidence.latency, cause: evidence.cause, record: table.reader.line)
    }

    /// When the sample was known; nil where nothing is said, and where it is no instant, which is reported.
    private func knownAt(_ table: inout Table) -> Instant? {
        guard let known, !table.reader.bytes(known).isEmpty else { return nil }
        let instant = InstantText.instant(table.reader.bytes(known))
        if instant == nil { table.report("known_at", notInstant(known, in: table)) }
        return instant
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
    private mutating func noteEnd(of pass: Pass, of view: HistoryBuilder.View, _ table: inout Table) {
        guard let ends, !table.reader.bytes(ends).isEmpty else { return }
        guard let at = InstantText.instant(table.reader.bytes(ends)) else {
            return table.report("pass_ends", notInstant(ends, in: table))
        }
        let key = PassKey(view: view, pass: pass)
        if let known = ended[key], known.at != at {
            return table.report(
                "pass_ends",
                "pass \(pass) of \(view) ends at \(at.milliseconds), "
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
        let key = [service, check, vantage].map { column in column.map { table.reader.bytes($0) } }
        if isRecent(key) { return recentIndex }
        recentKey.removeAll(keepingCapacity: true)
        for bytes in key {
            if let bytes { recentKey.append(contentsOf: bytes) }
            recentKey.append(0)
        }
        recentIndex = lookUp(&table)
        if recentIndex == nil { recentKey = [] }
        return recentIndex
    }

    private func isRecent(_ key: [UnsafeRawBufferPointer?]) -> Bool {
        guard recentIndex != nil, recentKey.count == key.reduce(3, { $0 + ($1?.count ?? 0) }) else { return false }
        var start = 0
        for bytes in key {
            let end = start + (bytes?.count ?? 0)
            guard recentKey[end] == 0, bytes.map({ recentKey[start..<end].elementsEqual($0) }) ?? true else {
                return false
            }
            start = end + 1
        }
        return true
    }

    private mutating func lookUp(_ table: inout Table) -> Int? {
        guard let spelled = spelled(&table) else { return nil }
        if let index = indices[spelled] { return index }
        guard let check = CheckNames.check(in: &table, catalog: catalog),
            let vantage = vantages.vantage(in: &table, of: check)
        else { return nil }
        // `default`, spelled out or left out, is one series.
        let index = builder.series(of: check, from: vantage)
        indices[spelled] = index
        return index
    }

    /// The service, the check and the vantage point as the current record spells them.
    private func spelled(_ table: inout Table) -> [String]? {
        guard let service = table.text("service"), let check = table.text("check"),
            let vantage = table.text("vantage")
        else { return nil }
        return [service, check, vantage]
    }

    /// Sorts each series, drops what is there twice, and reports instants with two states.
    mutating func finish(_ table: inout Table) -> [CheckID: [History.Entry]] {
        let series = builder.finish(.isAMistake) { view, kept, entry in
            table.report(
                line: Int(entry.record), "state",
                "\(entry.sample.state.name) for \(view) at \(entry.sample.at.milliseconds), "
                    + "but line \(kept.record) says \(kept.sample.state.name)")
        }
        vantages.requireNames(series, builder.vantages, in: &table)
        return series
    }

    private func notInstant(_ column: Table.Column, in table: Table) -> String {
        table.reader.text(column).map(InstantText.mistake)
            ?? "found text that is not UTF-8, expected \(InstantText.expected)"
    }

    private func found(_ column: Table.Column, in table: Table) -> String {
        table.reader.text(column).map { Diagnostic.quoted($0) } ?? "text that is not UTF-8"
    }
}
