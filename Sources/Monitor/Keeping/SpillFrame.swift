import Digests
import Foundation
import SLA

/// Observations as they wait in a file: a header of one size, then JSON, with what tells whether all of it is there.
///
/// `docs/format/unrecorded-samples.md` describes the bytes.
struct SpillFrame: Hashable {
    /// SHA-256 of the body in hexadecimal: what tells these observations from others.
    let id: String
    let observations: [Observation]

    static let headerSize = 128
    /// A body is never longer: a header that says so is none.
    static let mostBytes = 4 << 20
    static let title = "availd samples 1"

    /// The body: texts and causes once each, and a sample as numbers, −1 where there is none.
    private struct Body: Codable {
        var checks: [[String]] = []
        var addresses: [String] = []
        var causes: [Cause] = []
        var samples: [[Int64]] = []
    }

    /// The bytes of `observations`, in their order.
    static func bytes(_ observations: some Sequence<Observation>) throws -> [UInt8] {
        var body = Body()
        var checks = Numbering<CheckID>()
        var addresses = Numbering<String>()
        var causes = Numbering<Cause>()
        for observation in observations {
            let (sample, phases) = (observation.sample, observation.phases)
            var numbers: [Int64] = [
                checks.number(observation.check) { body.checks.append([$0.service, $0.check]) },
                sample.at.milliseconds, Int64(sample.pass), Int64(sample.state.rawValue),
                sample.family.map { Int64($0.rawValue) } ?? -1,
            ]
            let ends = [phases.name, phases.connect, phases.tls, phases.firstByte, phases.total]
            numbers += ends.map { $0 ?? -1 }
            numbers.append(observation.address.map { addresses.number($0) { body.addresses.append($0) } } ?? -1)
            numbers.append(observation.cause.map { causes.number($0) { body.causes.append($0) } } ?? -1)
            body.samples.append(numbers)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        let bytes = Array(try encoder.encode(body))
        let header = Array("\(title) \(bytes.count) \(Digest.text(of: bytes))".utf8)
        let padding = [UInt8](repeating: UInt8(ascii: " "), count: headerSize - 1 - header.count)
        return header + padding + [UInt8(ascii: "\n")] + bytes
    }

    /// How long the body is that follows `header`, in bytes, and its digest; nil where none follows.
    static func body(after header: [UInt8]) -> (count: Int, id: String)? {
        guard header.count == headerSize else { return nil }
        let words = String(decoding: header, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count == 5, words[0...2].joined(separator: " ") == title, let count = Int(words[3]),
            (1...mostBytes).contains(count)
        else { return nil }
        return (count, words[4])
    }

    /// The frame that `body` is; nil where it is not the one that is called `id`.
    init?(body bytes: [UInt8], id: String) {
        guard Digest.text(of: bytes) == id, let body = try? JSONDecoder().decode(Body.self, from: Data(bytes)) else {
            return nil
        }
        var observations: [Observation] = []
        for numbers in body.samples {
            guard let observation = Self.observation(numbers, in: body) else { return nil }
            observations.append(observation)
        }
        self.id = id
        self.observations = observations
    }

    private static func observation(_ numbers: [Int64], in body: Body) -> Observation? {
        func element<Element>(_ all: [Element], _ number: Int64) -> Element? {
            Int(exactly: number).flatMap { all.indices.contains($0) ? all[$0] : nil }
        }
        guard numbers.count == 12, let check = element(body.checks, numbers[0]), check.count == 2,
            let pass = Pass(exactly: numbers[2]),
            let state = UInt8(exactly: numbers[3]).flatMap(SampleState.init(rawValue:))
        else { return nil }
        let family = IPFamily.RawValue(exactly: numbers[4]).flatMap(IPFamily.init(rawValue:))
        func phase(_ index: Int) -> Int64? { numbers[index] < 0 ? nil : numbers[index] }
        return Observation(
            check: CheckID(service: check[0], check: check[1]),
            sample: Sample(at: Instant(milliseconds: numbers[1]), state: state, pass: pass, family: family),
            phases: ProbePhases(name: phase(5), connect: phase(6), tls: phase(7), firstByte: phase(8), total: phase(9)),
            address: element(body.addresses, numbers[10]), cause: element(body.causes, numbers[11]))
    }
}

/// Numbers things in the order in which they first come, from 0 on.
private struct Numbering<Thing: Hashable> {
    private var numbers: [Thing: Int64] = [:]

    /// The number of `thing`; `add` is called where it is new.
    mutating func number(_ thing: Thing, _ add: (Thing) -> Void) -> Int64 {
        if let number = numbers[thing] { return number }
        let number = Int64(numbers.count)
        numbers[thing] = number
        add(thing)
        return number
    }
}
