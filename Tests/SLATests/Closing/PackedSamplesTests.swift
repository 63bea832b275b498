import SLAOracle
import Testing

@testable import SLA

@Suite struct PackedSamplesTests {
    private func packed(_ samples: [Sample]) -> PackedSamples {
        var packed = PackedSamples()
        for sample in samples { packed.append(sample) }
        return packed
    }

    /// The example of docs/format/statement.md, byte for byte.
    @Test func theExampleOfTheFormat() {
        let samples = [(1000, SampleState.up), (2000, .up), (3000, .up), (4000, .down), (4990, .unknown)]
            .map { Sample(at: t(Int64($0.0)), state: $0.1) }
        #expect(packed(samples).bytes == [0xC0, 0x3E, 0x0B, 0x01, 0x4E])
        #expect(PackedSamples(bytes: [0xC0, 0x3E, 0x0B, 0x01, 0x4E], count: 5).map(Array.init) == samples)
    }

    @Test func anEvenMonthTakesAFewBytes() {
        let month = packed((0..<43_200).map { Sample(at: t(1_790_787_600_000 + $0 * 60_000), state: .up) })
        #expect(month.bytes.count <= 20)
        #expect(month.count == 43_200)
    }

    @Test func whateverIsPackedComesOutAgain() throws {
        var generator = SplitMix64(seed: 7)
        for _ in 0..<2000 {
            var at = generator.pick([-5_000_000, 0, 1_790_787_600_000]) + generator.number(0...1000)
            let samples = (0..<generator.number(0...60)).map { _ in
                at += generator.pick([1, 60_000, 60_000, 60_000, 60_001, 59_999, 130_000, 1 << 40])
                return Sample(at: t(at), state: generator.pick([.up, .up, .up, .down, .unknown]))
            }
            let packed = packed(samples)
            #expect(Array(packed) == samples)
            let unpacked = try #require(PackedSamples(bytes: packed.bytes, count: samples.count))
            #expect(unpacked == packed)
            #expect(unpacked.first == samples.first?.at)
            #expect(unpacked.last == samples.last?.at)
            #expect(PackedSamples(bytes: packed.bytes, count: samples.count + 1) == nil)
            if !samples.isEmpty { #expect(PackedSamples(bytes: packed.bytes, count: samples.count - 1) == nil) }
        }
    }

    /// Damaged bytes are refused or are other samples, in order of time; they never end the program.
    @Test func damageIsNoCrash() {
        var generator = SplitMix64(seed: 11)
        for _ in 0..<20_000 {
            let bytes = (0..<generator.number(0...14)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            let count = Int(generator.number(0...20))
            guard let samples = PackedSamples(bytes: bytes, count: count) else { continue }
            let all = Array(samples)
            #expect(all.count == count)
            #expect(zip(all, all.dropFirst()).allSatisfy { $0.at < $1.at })
        }
    }
}

@Suite struct SeriesDifferenceTests {
    /// Against sets.
    @Test func itIsWhatSetsSay() {
        var generator = SplitMix64(seed: 3)
        for _ in 0..<3000 {
            func series() -> [Sample] {
                (0..<12).compactMap { at in
                    generator.once(in: 3) ? nil : Sample(at: t(at), state: generator.once(in: 4) ? .down : .up)
                }
            }
            let (old, new) = (series(), series())
            let (was, now) = (Set(old), Set(new))
            let (wasAt, nowAt) = (Set(old.map(\.at)), Set(new.map(\.at)))
            let window = span(2, 9)
            let difference = SeriesDifference(from: old, to: new, within: window)
            #expect(difference.added.count == nowAt.subtracting(wasAt).count)
            #expect(difference.added.first == nowAt.subtracting(wasAt).min())
            #expect(difference.missing.count == wasAt.subtracting(nowAt).filter(window.contains).count)
            #expect(difference.missing.last == wasAt.subtracting(nowAt).filter(window.contains).max())
            #expect(difference.changed.count == wasAt.intersection(nowAt).count - was.intersection(now).count)
            #expect(SeriesDifference(from: old, to: new).isEmpty == (old == new))
        }
    }
}

@Suite struct StatementNumberTests {
    @Test func itIsReadAsItIsWritten() throws {
        let number = try #require(StatementNumber("2026-10/12"))
        #expect(number.description == "2026-10/12")
        #expect(number.next.description == "2026-10/13")
        #expect(number.isAmendment)
        #expect(StatementNumber("2026-10/1")?.isAmendment == false)
    }

    @Test(arguments: ["2026-10", "2026-10/", "2026-10/0", "2026-10/01", "2026-13/1", "/1", "2026-10/1/1", "2026-10/-1"])
    func anythingElseIsNone(_ text: String) {
        #expect(StatementNumber(text) == nil)
    }
}
