import Reporting
import SLA

/// What a statement keeps is refused, or is what it is written as again.
enum StatementProperty {
    /// The first two bytes are how many samples there should be.
    static func checkSamples(_ bytes: UnsafeRawBufferPointer) throws {
        guard bytes.count >= 2 else { return }
        let count = Int(bytes[0]) << 8 | Int(bytes[1])
        guard let packed = PackedSamples(bytes: Array(bytes[2...]), count: count) else { return }
        let samples = Array(packed)
        try demand(samples.count == count, "\(samples.count) samples, expected \(count)")
        try demand(samples.first?.at == packed.first && samples.last?.at == packed.last, "other ends")
        for (a, b) in zip(samples, samples.dropFirst()) { try demand(a.at < b.at, "not in order") }
        var again = PackedSamples()
        for sample in samples { again.append(sample) }
        try demand(again == packed, "packed again they are others")
        try demand(PackedSamples(bytes: packed.bytes, count: count) == packed, "written they are others")
    }

    /// A document of the ledger may be damaged: what is not refused can be computed from, and is then always the same.
    static func checkInputs(_ bytes: UnsafeRawBufferPointer) throws {
        guard let text = String(validating: bytes, as: UTF8.self), let document = try? InputDocument(text: text) else {
            return
        }
        let again = try InputDocument(text: document.text)
        try demand(again == document && again.text.utf8.elementsEqual(document.text.utf8), "written it is another")
        let inputs: FigureInputs
        do {
            inputs = try document.inputs()
        } catch {
            return try demand(!error.description.isEmpty, "a refusal without a reason")
        }
        let period = inputs.period
        let report = MonthlyReport(inputs) { service, inputs in
            inputs.timeline(of: service) { _, _, timeline in
                timeline.append(Sample(at: period.start, state: .up))
                timeline.append(Sample(at: period.start + 60_000, state: .down))
            }
        }
        _ = ReportCSV.text(report)
        let written = InputDocument(inputs)
        let settled = InputDocument(try InputDocument(text: written.text).inputs())
        try demand(settled.text.utf8.elementsEqual(written.text.utf8), "\(written.text) came back as \(settled.text)")
    }
}
