/// Whether the monitor itself can measure: it announces once that measurement is lost, and once that it is restored.
///
/// Sight that comes and goes is one loss: it is restored when nothing has hindered it for a while.
public struct MeasurementWatch: Hashable, Sendable {
    private typealias Fault = MeasurementLoss.Fault

    private struct Loss: Hashable, Sendable {
        let loss: MeasurementLoss
        /// Since when; nil for since it is decided.
        var since: Instant?
    }

    /// When a loss was noticed, by the clock that does not step, and how long after its beginning, in ms.
    private struct Noticed: Hashable, Sendable {
        let at: MonotonicInstant
        let late: Milliseconds
    }

    /// How many probes in a row must be unable to tell; fewer where there are fewer checks, but two at least.
    private static let unknownProbesUntilLost = 10
    /// How long sight must have held until it is said to be restored, in ms.
    static let calm: Milliseconds = 10_000

    private var faults: [Fault: Loss] = [:]
    /// Since when it was announced as lost; nil where it was not.
    private var lostAt: Instant?
    /// When it was noticed that it was lost; nil where that was before this run.
    private var noticed: Noticed?
    /// Whether what it was lost by can come and go.
    private var mayFlap = false
    /// Since when nothing hinders it any more, though that was not announced yet.
    private var clearSince: Now?
    private var unknownInARow = 0

    /// Resumes from the latest alert about measurement: a loss without an announced end is still open; where there is
    /// none, nothing is lost.
    public init(resuming latest: Alert?) {
        guard let latest, latest.event == .measurementLost else { return }
        lostAt = latest["since"]?.instant ?? latest.at
        mayFlap = latest["fault"] != .text(Fault.ledger.rawValue)
    }

    /// Measurement is lost by `loss`.
    public mutating func lose(_ loss: MeasurementLoss) {
        faults[loss.fault] = Loss(loss: loss)
    }

    /// Measurement is not lost by `fault` any more.
    public mutating func end(_ fault: MeasurementLoss.Fault) {
        faults[fault] = nil
    }

    /// Sets what the monitor is blind for, and nothing else of sight.
    mutating func set(_ blind: [Blindness]) {
        (faults[.ipv4], faults[.ipv6], faults[.names]) = (nil, nil, nil)
        for blindness in blind {
            // A name that is asked over both families fails twice.
            let failing = Set(blindness.failures.map(\.reference)).sorted()
            let loss = MeasurementLoss.noAnswer(blindness.domain, from: failing)
            faults[loss.fault] = Loss(loss: loss, since: blindness.from)
        }
    }

    /// Takes note of what a probe found, in order of time, where there are `checks` checks. One that could not tell by
    /// what it was asked, or that a stop has cut off, says nothing of sight.
    public mutating func observe(_ state: SampleState, _ cause: Cause?, checks: Int) {
        guard cause?.saysNothingOfSight != true else { return }
        unknownInARow = state == .unknown ? unknownInARow + 1 : 0
        let isLost = unknownInARow >= min(Self.unknownProbesUntilLost, max(2, checks))
        if isLost { lose(.undecided(probes: unknownInARow)) } else { end(.probing) }
    }

    /// Takes note of what probes found, in order of time, and of what the monitor is `blind` for.
    mutating func observe(_ observations: [Observation], checks: Int, blind: [Blindness]) {
        for observation in observations { observe(observation.sample.state, observation.cause, checks: checks) }
        set(blind)
    }

    /// The alert that is due at `now`, if one is.
    public mutating func decide(now: Now) -> Alert? {
        if let first = Fault.allCases.first(where: { faults[$0] != nil }), let loss = faults[first] {
            clearSince = nil
            if faults.keys.contains(where: { $0 != .ledger }) { mayFlap = true }
            guard lostAt == nil else { return nil }
            let since = loss.since ?? now.wall
            lostAt = since
            noticed = Noticed(at: now.monotonic, late: max(0, now.wall - since))
            return loss.loss.alert(since: since, at: now.wall)
        }
        guard let since = lostAt else { return nil }
        let clear = clearSince ?? now
        clearSince = clear
        guard !mayFlap || now.monotonic - clear.monotonic >= Self.calm else { return nil }
        let length = noticed.map { clear.monotonic - $0.at + $0.late } ?? clear.wall - since
        (lostAt, noticed, clearSince, mayFlap) = (nil, nil, nil, false)
        return Alert(
            event: .measurementRestored, subject: "", at: now.wall,
            fields: [
                Alert.Field("lost_since", .instant(since)),
                Alert.Field("lost_s", .seconds(max(0, length))),
            ])
    }
}
