import Foundation
import SLA
import Testing

@testable import Monitor

@Suite struct SpillFileTests {
    private let folder: StateFolder
    private let start = Instant(milliseconds: 1_790_812_800_000)

    init() throws {
        folder = StateFolder(isDurable: false)
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    }

    private func spill() -> SpillFile { SpillFile(path: folder.path + "/unrecorded-samples") }

    private func seen(_ count: Int, from: Int = 0) -> [Observation] {
        (from..<from + count).map { number in
            var found = observation(number % 3 == 0 ? "web" : "api", start + Int64(number), .down)
            found.sample = Sample(
                at: found.sample.at, state: .down, pass: Pass(number % 4), family: number % 2 == 0 ? .ipv4 : nil)
            found.phases.connect = Int64(number)
            found.address = number % 2 == 0 ? "192.0.2.\(number % 7)" : nil
            found.cause = number % 5 == 0 ? .text("a \"text\"\nof two lines \(number)") : .connection(.refused)
            return found
        }
    }

    private func takeAll(_ spill: SpillFile) -> [Observation] {
        var all: [Observation] = []
        while let frame = spill.oldest() {
            all += frame.observations
            spill.takeOldest()
        }
        return all
    }

    @Test func whatIsAddedComesOutInItsOrderAlsoAfterARestart() {
        let first = spill()
        #expect(first.isEmpty && first.oldest() == nil)
        #expect(first.add(seen(4500)) == 4500)
        #expect(first.add(seen(10, from: 4500)) == 10)
        #expect(first.oldest()?.observations.count == SpillFile.frameLength)
        let second = spill()
        #expect(!second.isEmpty)
        #expect(takeAll(second) == seen(4510))
        #expect(second.isEmpty && spill().isEmpty)
        // What stood there before is not read again, whatever is written over it.
        for count in [1, 2000, 2300] {
            #expect(spill().add(seen(count)) == count)
            #expect(takeAll(spill()) == seen(count))
            #expect(spill().isEmpty)
        }
    }

    /// A write that a power cut has torn anywhere leaves the frames before it.
    @Test func aTornFrameIsNone() throws {
        let first = spill()
        #expect(first.add(seen(3)) == 3)
        let path = URL(filePath: first.path)
        let before = try Data(contentsOf: path)
        #expect(first.add(seen(3, from: 3)) == 3)
        let after = try Data(contentsOf: path)
        #expect(before.count == after.count)
        let changed = after.indices.filter { before[$0] != after[$0] }
        for end in stride(from: changed.first ?? 0, through: changed.last ?? 0, by: 11) {
            try (after.prefix(end) + before.dropFirst(end)).write(to: path)
            #expect(takeAll(spill()) == seen(3))
            try after.write(to: path)
        }
        #expect(takeAll(spill()) == seen(6))
    }

    /// One byte that is another takes its own frame, and is said: what is behind is read.
    @Test func damageTakesItsOwnFrameAlone() throws {
        let first = spill()
        for number in 0..<3 { #expect(first.add(seen(3, from: number * 3)) == 3) }
        let path = URL(filePath: first.path)
        let whole = try Data(contentsOf: path)
        var starts: [Int] = [0]
        for _ in 0..<3 {
            let last = starts[starts.count - 1]
            let frame = try #require(SpillContent.frame(at: Int64(last), in: KeptFile(first.path)))
            starts.append(last + Int(frame.length))
        }
        for number in 0..<3 {
            // In the title, the digest, and the body.
            let (before, after) = (number == 0 ? nil : number * 3 - 1, number == 2 ? nil : number * 3 + 3)
            for place in [3, 40, SpillFrame.headerSize + 20] {
                var bytes = whole
                bytes[starts[number] + place] ^= 0x20
                try bytes.write(to: path)
                let left = (0..<3).filter { $0 != number }.flatMap { seen(3, from: $0 * 3) }
                let damaged = spill()
                let damage = try #require(damaged.takeDamage())
                #expect(damage.places.count == 1 && damaged.takeDamage() == nil)
                #expect(damage.places.first?.before == before.map { start + Int64($0) })
                #expect(damage.places.first?.after == after.map { start + Int64($0) })
                if let copy = damage.copy {
                    #expect(try Data(contentsOf: URL(filePath: copy)).starts(with: bytes.prefix(starts[3])))
                }
                #expect(takeAll(damaged) == left, "frame \(number), byte \(place)")
                #expect(damaged.isEmpty && spill().isEmpty && spill().takeDamage() == nil)
            }
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.filter { $0.contains(".damaged-") }.count == 3)
    }

    @Test func whatIsNoFileHoldsNothingUp() throws {
        let path = folder.path + "/unrecorded-samples"
        try #require(mkfifo(path, 0o600) == 0)
        #expect(spill().problem != nil && spill().isEmpty)
        unlink(path)
        #expect(spill().problem == nil)
    }

    @Test func itGoesWithTheDirectory() throws {
        let kept = spill()
        let elsewhere = folder.path + "-elsewhere"
        rename(folder.path, elsewhere)
        #expect(kept.add(seen(5)) == 5)
        rename(elsewhere, folder.path)
        #expect(takeAll(spill()) == seen(5))
        // One that was removed is made again.
        unlink(kept.path)
        #expect(kept.add(seen(6)) == 6)
        #expect(takeAll(spill()) == seen(6))
    }

    @Test func roomIsReserved() throws {
        let reserved = spill()
        let size = try FileManager.default.attributesOfItem(atPath: reserved.path)[.size] as? Int64
        #expect(size == SpillFile.reserve)
    }

    @Test func whatIsNoFrameIsRefused() throws {
        let bytes = try SpillFrame.bytes(seen(2))
        let (header, body) = (Array(bytes.prefix(SpillFrame.headerSize)), Array(bytes.dropFirst(SpillFrame.headerSize)))
        let named = try #require(SpillFrame.body(after: header))
        #expect(named.count == body.count)
        #expect(SpillFrame(body: body, id: named.id)?.observations == seen(2))
        #expect(SpillFrame(body: Array(body.dropLast()), id: named.id) == nil)
        #expect(SpillFrame.body(after: [UInt8](repeating: 0, count: SpillFrame.headerSize)) == nil)
        #expect(SpillFrame.body(after: Array(header.dropLast())) == nil)
    }
}
