import Curl
import Dispatch
import Platform
import SLA

/// The turns of the engine: what woke it, what can be done now, and when it wants to be woken next.
extension ProbeEngine {
    /// How often it looks whether it was away, in ms, while a transfer is in flight: what a peer does is noticed as it
    /// comes, and only a clock tells that it was not.
    private static let heartbeat: Milliseconds = 100
    /// How long a turn goes on, in ms, while there is more to do: then others get theirs.
    private static let longest: Milliseconds = 5

    /// Looks how late this turn is.
    func noteLateness() {
        recordStandstill(lateness.beginTurn(at: SystemClock.monotonic(), due: events.armed))
    }

    /// Looks whether this turn stood still since it was looked last. Whatever a library finished meanwhile may have been
    /// waiting for us to listen, so this comes before anything is concluded from it.
    private func noteAbsence() {
        let now = SystemClock.monotonic()
        guard now.nanoseconds(since: lateness.last) >= LatenessMeter.pause else { return }
        let computed = SystemClock.computedByThread()
        recordStandstill(lateness.recheck(at: now, computed: computed - computedBefore))
        if lateness.last == now { computedBefore = computed }
    }

    /// Records a standstill with every probe that went on meanwhile.
    private func recordStandstill(_ late: Milliseconds) {
        guard late >= LatenessMeter.standstill else { return }
        for probe in probes.values {
            if case .waiting = probe.stage { continue }
            probe.longestStandstill = max(probe.longestStandstill, late)
        }
    }

    /// Does all that can be done now, then arms the timer for what cannot. Every entry into the engine ends
    /// here, so that no callback of a library has to do anything but take notes.
    ///
    /// What is ready comes first, and deadlines are held against the instant before that: what has arrived in time is
    /// not late because the engine was.
    func turn(isTimer: Bool = false) {
        noteLateness()
        computedBefore = SystemClock.computedByThread()
        if isTimer { events.fired() }
        let turnStart = lateness.last
        events.poller.drain(turnStart) { event in
            switch event.owner {
            case .connector: connector.process(event)
            case .curl: transfers.process(event)
            case .resolver: resolver.process(event)
            }
        }
        // Each round may make work for the next. The bound lets other events in; the timer goes on from there.
        var isUnfinished = true
        var now = turnStart
        while isUnfinished, now - turnStart < Self.longest {
            isUnfinished = work(turnStart)
            now = SystemClock.monotonic()
        }
        noteAbsence()
        let due = [
            transfers.due, resolver.due, connector.due, events.poller.due, deadlines.first?.priority,
            admission.taken > 0 ? now + Self.heartbeat : nil, isUnfinished ? now : nil,
        ]
        events.arm(due.compactMap { $0 }.min(), now: now)
        if probes.isEmpty { becomeIdle() }
    }

    /// One round of a turn that began at `turnStart`; returns whether there was anything to do.
    private func work(_ turnStart: MonotonicInstant) -> Bool {
        var worked = false
        if let due = transfers.due, due <= SystemClock.monotonic() {
            transfers.advance()
            worked = true
        }
        noteAbsence()
        for answer in resolver.takeAnswers() {
            resolved(answer)
            worked = true
        }
        if let due = resolver.due, due <= turnStart {
            resolver.advance(turnStart, lost: lateness.lost)
            worked = true
        }
        if let due = connector.due, due <= turnStart {
            connector.advance(turnStart)
            worked = true
        }
        for (ticket, result) in connector.takeResults() {
            connected(ticket, result)
            worked = true
        }
        while let (transfer, code) = transfers.nextFinished() {
            finished(transfer, code)
            worked = true
        }
        for transfer in transfers.takeExcessive() {
            transfer.cut()
            finished(transfer, .writeError)
            worked = true
        }
        while let first = deadlines.first, first.priority <= turnStart {
            expire(first.key, turnStart)
            worked = true
        }
        noteLongHeldPlaces(turnStart)
        while let (ticket, place) = admission.admit() {
            if let probe = probes[ticket] { occupy(probe, place) } else { admission.leave(place) }
        }
        while let ticket = admitted.popFirst() {
            connect(ticket)
            worked = true
        }
        return worked
    }

    /// Whoever has had a place for a second is one of those that take long, and so may the others be who go there.
    private func noteLongHeldPlaces(_ turnStart: MonotonicInstant) {
        while let first = recentlyPlaced.first, turnStart - first.since >= ActiveProbe.quick {
            _ = recentlyPlaced.popFirst()
            guard let probe = probes[first.ticket], let place = probe.place, !place.isLongHeld else { continue }
            probe.place = admission.markLongHeld(place)
        }
    }

    /// The time of a connection and its transfer is up, unless the engine was away for a part of it; never later than
    /// twice that time.
    private func expire(_ ticket: Ticket, _ now: MonotonicInstant) {
        guard let probe = probes[ticket] else { return deadlines.remove(ticket) }
        let lost = min(lateness.lost - probe.lostBefore, UInt64(probe.request.timeout) * 1_000_000)
        let deadline = probe.deadline.later(byNanoseconds: lost)
        if deadline > now { return deadlines.set(ticket, to: deadline) }
        if case .connecting(let inspected) = probe.stage { return expireConnecting(probe, inspecting: inspected) }
        guard let transfer = probe.transfer else { return deadlines.remove(ticket) }
        if case .transferring = probe.stage { probe.timedOut = true }
        let timedOut = transfer.finish(.operationTimedOut)
        transfer.cut()
        conclude(probe, transfer, timedOut)
    }

    /// Ends a probe with `outcome`, whatever it is doing.
    func end(_ ticket: Ticket, _ outcome: ProbeOutcome) {
        guard let probe = probes.removeValue(forKey: ticket) else { return }
        switch probe.stage {
        case .resolving: resolver.forget(ticket)
        case .waiting: admission.withdraw(ticket)
        case .transferring(let transfer), .inspecting(let transfer, _):
            transfer.cut()
            transfers.remove(transfer)
        case .connecting: connector.withdraw(ticket)
        case .gathering(let results): for child in results.open { end(child, outcome) }
        case .judging: break
        }
        deadlines.remove(ticket)
        settings.bodies.release(ticket)
        leave(probe)
        probe.completion(probe.result(outcome, now: SystemClock.monotonic()))
    }

    /// Gives the probe's place back.
    func leave(_ probe: ActiveProbe) {
        guard let place = probe.place else { return }
        probe.place = nil
        admission.leave(place)
    }
}
