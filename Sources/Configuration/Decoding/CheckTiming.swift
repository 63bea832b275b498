import SLA

/// How often a check is due, and how its samples are read, as one level says it: `defaults`, a service or a check.
struct CheckTiming {
    /// The keys that each level may have.
    static let keys = ["interval", "timeout", "retry_interval", "confirm", "stale_after"]

    private var durations: [String: Written<Milliseconds>] = [:]
    private var confirm: Written<Int>?

    /// A value, and where it was written.
    private struct Written<Value> {
        let value: Value
        let field: Field
    }

    /// What `section` says of it.
    init(_ section: Section) {
        for key in Self.keys where key != "confirm" {
            guard let field = section[key] else { continue }
            if let value = field.duration() { durations[key] = Written(value: value, field: field) }
        }
        if let field = section["confirm"], let value = field.integer(Check.confirmRange) {
            confirm = Written(value: value, field: field)
        }
    }

    /// What holds for a check.
    struct Resolved {
        var interval: Milliseconds = 60_000
        var timeout: Milliseconds = 10_000
        var retryInterval: Milliseconds = 10_000
        var confirm = 2
        var staleAfter: Milliseconds = 0
    }

    /// What `levels`, from the farthest to the nearest, make together, each value by the nearest that has it.
    ///
    /// A default is what is built in, or was written farther away than the interval. One that does not fit shrinks: the
    /// time between retries to the interval, the timeout to four fifths of it, so that a probe of a service that hangs
    /// is over before the next is due; ``staleAfter(_:_:intervalLevel:)`` has a range of its own. What was written as near as the interval, or nearer, may not exceed it.
    static func resolve(_ levels: [CheckTiming]) -> Resolved {
        var result = Resolved()
        let interval = nearest(levels) { $0.durations["interval"] }
        result.interval = interval?.written.value ?? result.interval

        func limited(_ key: String, _ builtIn: Milliseconds, else shrunk: Milliseconds) -> Milliseconds {
            func fitting(_ value: Milliseconds) -> Milliseconds { value < result.interval ? value : shrunk }
            guard let found = nearest(levels, { $0.durations[key] }) else { return fitting(builtIn) }
            guard found.level >= interval?.level ?? 0 else { return fitting(found.written.value) }
            if found.written.value > result.interval {
                let spoken = DurationText.spoken(result.interval)
                let _: Never? = found.written.field.expected("at most the interval, which is \(spoken)")
            }
            return min(found.written.value, result.interval)
        }
        result.timeout = limited("timeout", result.timeout, else: max(1, result.interval * 4 / 5))
        result.retryInterval = limited("retry_interval", result.retryInterval, else: result.interval)
        result.confirm = nearest(levels) { $0.confirm }?.written.value ?? result.confirm
        result.staleAfter = staleAfter(levels, result, intervalLevel: interval?.level ?? 0)
        return result
    }

    /// By ``Check/staleRange(interval:timeout:)``.
    private static func staleAfter(_ levels: [CheckTiming], _ timing: Resolved, intervalLevel: Int) -> Milliseconds {
        let range = Check.staleRange(interval: timing.interval, timeout: timing.timeout)
        guard let found = nearest(levels, { $0.durations["stale_after"] }) else {
            return 2 * timing.interval + timing.timeout
        }
        let value = found.written.value
        if found.level >= intervalLevel, !range.contains(value) {
            let _: Never? = found.written.field.expected(
                Check.staleExpected(interval: timing.interval, timeout: timing.timeout))
        }
        return min(max(value, range.lowerBound), range.upperBound)
    }

    private static func nearest<Value>(
        _ levels: [CheckTiming], _ value: (CheckTiming) -> Written<Value>?
    ) -> (written: Written<Value>, level: Int)? {
        for (level, timing) in levels.enumerated().reversed() {
            if let written = value(timing) { return (written, level) }
        }
        return nil
    }
}
