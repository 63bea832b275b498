import Intake
import SLA

/// Samples from a file, sorted and each once, by check.
public struct SampleFile: Sendable {
    /// The samples of each check that has some, in order of time.
    public let series: [CheckID: [Sample]]
    /// How many records the file holds, repeated ones included.
    public let recordCount: Int

    /// Reads `samples.csv` at `path` (`-` is standard input).
    ///
    /// - Parameter progress: called now and then with the share of the file that has been read, in percent.
    /// - Throws: ``InputFailure`` where the file cannot be read; `Diagnostics` naming every bad line.
    public init(path: String, catalog: Catalog, progress: (Int) -> Void = { _ in }) throws {
        let data = try InputFile.bytes(at: path)
        self = try data.withUnsafeBytes { try SampleFile($0, file: path, catalog: catalog, progress: progress) }
    }

    /// Reads the content of a `samples.csv` that is called `file` in messages.
    public init(
        _ bytes: UnsafeRawBufferPointer, file: String, catalog: Catalog, progress: (Int) -> Void = { _ in }
    ) throws(Diagnostics) {
        var table = try Table(
            bytes, file: file, required: ["at", "service", "state"], optional: ["check", "latency_ms", "cause"])
        var parser = SampleParser(table: table, catalog: catalog)
        var records = 0
        while table.next() {
            records += 1
            parser.read(&table)
            if records % 200_000 == 0 { progress(table.reader.bytesRead * 100 / max(1, bytes.count)) }
        }
        series = parser.finish(&table)
        recordCount = records
        try table.check()
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

    /// A sample and the line it stands on, for the message where another contradicts it.
    private struct Entry {
        var sample: Sample
        var line: Int
    }

    private var checks: [CheckID] = []
    private var entries: [[Entry]] = []
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
    }

    mutating func read(_ table: inout Table) {
        let instant = InstantText.instant(table.reader.bytes(at))
        if instant == nil {
            table.report("at", "found \(found(at, in: table)), expected \(InstantText.expected)")
        }
        let state = Self.state(table.reader.bytes(self.state))
        if state == nil {
            table.report(
                "state", "found \(found(self.state, in: table)), expected up, down or unknown",
                nearest: nearestName(to: table.reader.text(self.state) ?? "", among: ["up", "down", "unknown"]))
        }
        checkUnused(&table)
        guard let index = series(&table), let instant, let state else { return }
        entries[index].append(Entry(sample: Sample(at: instant, state: state), line: table.reader.line))
    }

    private static func state(_ bytes: UnsafeRawBufferPointer) -> SampleState? {
        if bytes.elementsEqual("up".utf8) { return .up }
        if bytes.elementsEqual("down".utf8) { return .down }
        return bytes.elementsEqual("unknown".utf8) ? .unknown : nil
    }

    /// What the calculation does not use must still be what it claims to be.
    private func checkUnused(_ table: inout Table) {
        if let latency, !table.reader.bytes(latency).isEmpty {
            let text = table.reader.text(latency) ?? ""
            if ExactDecimal(text).map({ $0.mantissa < 0 }) ?? true {
                table.report("latency_ms", "found \(found(latency, in: table)), expected milliseconds, not negative")
            }
        }
        if let cause, table.reader.text(cause) == nil { table.report("cause", "not UTF-8") }
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
        guard let service = catalog.service(serviceID) else {
            table.report(
                "service", "unknown service \(Diagnostic.quoted(serviceID)), expected one of the configuration's",
                nearest: nearestName(to: serviceID, among: catalog.services.lazy.map(\.id)))
            return nil
        }
        guard let check = resolve(checkID, in: service) else {
            let names = service.checks.map(\.id)
            table.report(
                "check",
                (checkID.isEmpty ? "no check named" : "unknown check \(Diagnostic.quoted(checkID))")
                    + " of service \(serviceID), expected \(names.joined(separator: ", "))",
                nearest: nearestName(to: checkID, among: names))
            return nil
        }
        return index(of: CheckID(service: serviceID, check: check), spelled: checkID)
    }

    /// The check that `name` means; no name means a service's only check.
    private func resolve(_ name: String, in service: Service) -> String? {
        if name.isEmpty, service.checks.count == 1 { return service.checks[0].id }
        return service.checks.first { $0.id == name }?.id
    }

    private mutating func index(of check: CheckID, spelled: String) -> Int {
        // `default`, spelled out or left out, is one series.
        let index = indices[check.service]?[check.check] ?? checks.count
        if index == checks.count {
            checks.append(check)
            entries.append([])
        }
        indices[check.service, default: [:]][check.check] = index
        indices[check.service, default: [:]][spelled] = index
        return index
    }

    /// Sorts each series, drops what is there twice, and reports instants with two states.
    mutating func finish(_ table: inout Table) -> [CheckID: [Sample]] {
        var series: [CheckID: [Sample]] = [:]
        for (index, check) in checks.enumerated() {
            let sorted = Self.sorted(entries[index])
            entries[index] = []
            var samples: [Sample] = []
            samples.reserveCapacity(sorted.count)
            var kept: Entry?
            for entry in sorted {
                if let kept, kept.sample.at == entry.sample.at {
                    if kept.sample.state != entry.sample.state {
                        table.report(
                            line: entry.line, "state",
                            "\(entry.sample.state.name) for \(check) at \(entry.sample.at.milliseconds), "
                                + "but line \(kept.line) says \(kept.sample.state.name)")
                    }
                    continue
                }
                kept = entry
                samples.append(entry.sample)
            }
            series[check] = samples
        }
        return series
    }

    /// By time, then by line; files are mostly in order already, and then nothing is moved.
    private static func sorted(_ entries: [Entry]) -> [Entry] {
        let isSorted = zip(entries, entries.dropFirst()).allSatisfy { $0.sample.at <= $1.sample.at }
        return isSorted ? entries : entries.sorted { ($0.sample.at, $0.line) < ($1.sample.at, $1.line) }
    }

    private func found(_ column: Table.Column, in table: Table) -> String {
        table.reader.text(column).map { Diagnostic.quoted($0) } ?? "text that is not UTF-8"
    }
}
