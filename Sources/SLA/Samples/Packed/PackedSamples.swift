/// Samples of one pass of a check in few bytes: a month at an even pace takes a dozen, one with jitter a byte or two a
/// sample. `docs/format/statement.md` describes the bytes.
public struct PackedSamples: Hashable, Sendable {
    /// The pass that all of them are of.
    public let pass: Pass
    /// How many there are.
    public private(set) var count = 0
    /// When the first was taken; nil where there is none.
    public private(set) var first: Instant?
    /// When the last was taken; nil where there is none.
    public private(set) var last: Instant?

    private var tokens: [UInt8] = []
    private var step: Milliseconds = 0
    private var state = SampleState.up
    /// How many samples have repeated the step and the state of the one before them, and have no token yet.
    private var repeated: UInt64 = 0
    /// The families, each with how many samples in a row have it.
    private var families = FamilyRuns()

    /// No samples, all of `pass`.
    public init(pass: Pass = 0) { self.pass = pass }

    /// The samples of `pass` that `bytes` hold, their families being in `families`, or nil where they do not hold
    /// `count` of them, each later than the one before it. Bytes that are damaged end here, and cost no more than
    /// `count` steps.
    public init?(bytes: [UInt8], families: [UInt8] = [], pass: Pass = 0, count: Int) {
        self.init(pass: pass)
        guard let known = FamilyRuns(bytes: families, count: count) else { return nil }
        let nextFamily = known.makeIterator()
        func append(after step: Milliseconds, _ state: SampleState) -> Bool {
            self.append(after: step, state, nextFamily.next() ?? nil)
        }
        var reader = VariableLength.Reader(bytes)
        while let token = reader.next() {
            if token & 3 == 3 {
                let more = token >> 2
                guard more > 0, self.count > 0, more <= UInt64(Swift.max(0, count - self.count)) else { return nil }
                for _ in 0..<more {
                    guard append(after: step, state) else { return nil }
                }
            } else {
                guard let state = SampleState(rawValue: UInt8(token & 3)), self.count < count else { return nil }
                let (next, overflow) = step.addingReportingOverflow(VariableLength.signed(token >> 2))
                guard !overflow, append(after: next, state) else { return nil }
            }
        }
        guard reader.isAtEnd, self.count == count else { return nil }
    }

    /// The bytes.
    public var bytes: [UInt8] {
        guard repeated > 0 else { return tokens }
        var bytes = tokens
        VariableLength.append(repeated << 2 | 3, to: &bytes)
        return bytes
    }

    /// The bytes of the families; none where no family is known.
    public var familyBytes: [UInt8] { families.bytes }

    /// Adds `sample`, which is later than every one before it.
    public mutating func append(_ sample: Sample) {
        precondition(sample.pass == pass, "samples of one pass are packed together")
        precondition(last.map { $0 < sample.at } ?? true, "samples are packed in order of time, each instant once")
        add(sample)
    }

    private mutating func add(_ sample: Sample) {
        // The first is so many ms after the epoch.
        let next = sample.at.milliseconds - (last?.milliseconds ?? 0)
        if count > 0, next == step, sample.state == state {
            repeated += 1
        } else {
            if repeated > 0 { VariableLength.append(repeated << 2 | 3, to: &tokens) }
            repeated = 0
            VariableLength.append(
                VariableLength.unsigned(next - step) << 2 | UInt64(sample.state.rawValue), to: &tokens)
        }
        (step, state, last) = (next, sample.state, sample.at)
        first = first ?? sample.at
        count += 1
        families.append(sample.family)
    }

    /// Adds what damaged bytes may have named; false where it cannot be.
    private mutating func append(
        after step: Milliseconds, _ state: SampleState, _ family: IPFamily?
    ) -> Bool {
        let (at, overflow) = (last?.milliseconds ?? 0).addingReportingOverflow(step)
        let range = Instant.distantPast.milliseconds...Instant.distantFuture.milliseconds
        guard !overflow, range.contains(at), last == nil || step > 0 else { return false }
        add(Sample(at: Instant(milliseconds: at), state: state, pass: pass, family: family))
        return true
    }
}

extension PackedSamples: Sequence {
    /// The samples, in order of time.
    public func makeIterator() -> AnyIterator<Sample> {
        var reader = VariableLength.Reader(bytes)
        var at: Milliseconds = 0
        var step: Milliseconds = 0
        var state = SampleState.up
        var repeated: UInt64 = 0
        let family = families.makeIterator()
        return AnyIterator { [pass] in
            if repeated > 0 {
                repeated -= 1
            } else {
                guard let token = reader.next() else { return nil }
                if token & 3 == 3 {
                    repeated = (token >> 2) - 1
                } else {
                    step += VariableLength.signed(token >> 2)
                    state = SampleState(rawValue: UInt8(token & 3)) ?? .unknown
                }
            }
            at += step
            return Sample(
                at: Instant(milliseconds: at), state: state, pass: pass, family: family.next() ?? nil)
        }
    }
}
