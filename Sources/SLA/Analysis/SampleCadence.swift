/// How far apart the samples of a check are, where that is not how far apart they are read to be: time that nobody looked
/// at would be unmeasured although somebody did, or up although nobody did.
public struct SampleCadence: Hashable, Sendable {
    /// What does not fit.
    public enum Misfit: Hashable, Sendable {
        /// They are further apart than a sample speaks: so many ms of the time between the first and the last would be
        /// unmeasured.
        case sparse(unmeasured: Milliseconds, of: Milliseconds)
        /// They are so near to each other that one speaks over several that are missing.
        case dense
    }

    /// From the first of them on.
    public let from: Instant
    /// The time from one to the next, the median, in ms.
    public let spacing: Milliseconds
    /// The check as it was when they were taken.
    public let check: Check
    /// What does not fit.
    public let misfit: Misfit

    /// Fewer gaps say nothing of how often somebody looked.
    private static let leastGaps = 3

    /// What does not fit of a check called `id`, in each stretch of time in which its rules were the same.
    ///
    /// - Parameter passes: its samples, pass by pass in order of time.
    public static func misfits(of passes: [[Instant]], _ id: String, _ rules: MeasuringRules) -> [SampleCadence] {
        var gaps: [Int: [Milliseconds]] = [:]
        var firsts: [Int: Instant] = [:]
        for pass in passes {
            var index = 0
            for (at, next) in zip(pass, pass.dropFirst()) {
                while index + 1 < rules.steps.count, rules.steps[index + 1].from <= at { index += 1 }
                gaps[index, default: []].append(next - at)
                firsts[index] = min(firsts[index] ?? at, at)
            }
        }
        return gaps.keys.sorted().compactMap { index in
            guard let check = rules.steps[index].check(id) ?? rules.check(id), let gaps = gaps[index],
                let first = firsts[index], gaps.count >= leastGaps
            else { return nil }
            return misfit(gaps.sorted(), from: first, check)
        }
    }

    private static func misfit(_ gaps: [Milliseconds], from first: Instant, _ check: Check) -> SampleCadence? {
        let spacing = gaps[gaps.count / 2]
        if spacing > check.staleAfter {
            let unmeasured = gaps.reduce(0) { $0 + max(0, $1 - check.staleAfter) }
            let misfit = Misfit.sparse(unmeasured: unmeasured, of: gaps.reduce(0, +))
            return SampleCadence(from: first, spacing: spacing, check: check, misfit: misfit)
        }
        // A sample that speaks for as long as three others would: two that are missing do not show.
        if spacing * 4 <= check.staleAfter, spacing * 2 < check.interval {
            return SampleCadence(from: first, spacing: spacing, check: check, misfit: .dense)
        }
        return nil
    }
}
