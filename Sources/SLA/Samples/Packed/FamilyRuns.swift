/// The families of samples in a row, as how many in turn have each: nearly all of a check are of one.
struct FamilyRuns: Hashable, Sendable {
    private struct Run: Hashable, Sendable {
        let family: IPFamily?
        var count: UInt64
    }

    private var runs: [Run] = []

    /// No samples.
    init() {}

    /// The families that `bytes` hold of `count` samples; nil where they hold those of another number. No bytes are
    /// those of samples without a family.
    init?(bytes: [UInt8], count: Int) {
        if bytes.isEmpty { return }
        var reader = VariableLength.Reader(bytes)
        var left = UInt64(clamping: count)
        while let token = reader.next() {
            guard token & 3 <= 2, token >> 2 > 0, token >> 2 <= left else { return nil }
            left -= token >> 2
            runs.append(Run(family: Self.families[Int(token & 3)], count: token >> 2))
        }
        guard reader.isAtEnd, left == 0 else { return nil }
    }

    /// What the two low bits of a number say.
    private static let families: [IPFamily?] = [nil, .ipv4, .ipv6]

    mutating func append(_ family: IPFamily?) {
        guard let last = runs.indices.last, runs[last].family == family else {
            runs.append(Run(family: family, count: 1))
            return
        }
        runs[last].count += 1
    }

    /// A number for each run, its two low bits the family, the rest how many; nothing where no family is known.
    var bytes: [UInt8] {
        if runs.allSatisfy({ $0.family == nil }) { return [] }
        var bytes: [UInt8] = []
        for run in runs {
            let code = Self.families.firstIndex(of: run.family) ?? 0
            VariableLength.append(run.count << 2 | UInt64(code), to: &bytes)
        }
        return bytes
    }

    /// The families, one for each sample; nothing any more where none is known.
    func makeIterator() -> AnyIterator<IPFamily?> {
        var (run, taken) = (0, UInt64(0))
        return AnyIterator { [runs] in
            while run < runs.count, taken == runs[run].count { (run, taken) = (run + 1, 0) }
            guard run < runs.count else { return nil }
            taken += 1
            return .some(runs[run].family)
        }
    }
}
