import Curl
import Dispatch
import Platform
import SLA

/// The turns of the engine: what woke it, what can be done now, and when it wants to be woken next.
extension ProbeEngine {
    /// How often it looks whether it was away, in ms, while a transfer is in flight: what a peer does is heard as it
    /// comes, and only a clock tells that it was not.
    private static let heartbeat: Milliseconds = 100
    /// How long a turn goes on, in ms, while there is more to do: then others get theirs.
    private static let longest: Milliseconds = 5

    /// Looks how late this turn is.
    func notice() {
        tell(ofStandstill: attention.look(SystemClock.monotonic(), due: events.armed))
    }

    /// Looks whether this turn stood still since it was looked last. Whatever a library finished meanwhile may have been
    /// waiting for us to listen, so this comes before anything is concluded from it.
    private func noticeAbsence() {
        let now = SystemClock.monotonic()
        guard now.nanoseconds(since: attention.last) >= Attention.pause else { return }
        let computed = SystemClock.computedByThread()
        tell(ofStandstill: attention.lookBack(now, computed: computed - computedBefore))
        if attention.last == now { computedBefore = computed }
    }

    /// A standstill is told to every probe that went on meanwhile.
    private func tell(ofStandstill late: Milliseconds) {
        guard late >= Attention.standstill else { return }
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
        notice()
        computedBefore = SystemClock.computedByThread()
        if isTimer { events.fired() }
        let heard = attention.last
        events.poller.drain(heard) { event in
            switch event.owner {
            case .curl: transfers.process(event)
            case .resolver: resolver.process(event)
            }
        }
        // Each round may make work for the next. The bound lets other events in; the timer goes on from there.
        var isUnfinished = true
        var now = heard
        while isUnfinished, now - heard < Self.longest {
            isUnfinished = work(heard)
            now = SystemClock.monotonic()
        }
        noticeAbsence()
        let due = [
            transfers.due, resolver.due, events.poller.due, deadlines.first?.priority,
            admission.taken > 0 ? now + Self.heartbeat : nil, isUnfinished ? now : nil,
        ]
        events.arm(due.compactMap { $0 }.min(), now: now)
        if probes.isEmpty { rest() }
    }

    /// One round of a turn that listened at `heard`; returns whether there was anything to do.
    private func work(_ heard: MonotonicInstant) -> Bool {
        var worked = false
        if let due = transfers.due, due <= SystemClock.monotonic() {
            transfers.advance()
            worked = true
        }
        noticeAbsence()
        for answer in resolver.takeAnswers() {
            resolved(answer)
            worked = true
        }
        if let due = resolver.due, due <= heard {
            resolver.advance(heard, lost: attention.lost)
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
        while let first = deadlines.first, first.priority <= heard {
            expire(first.key, heard)
            worked = true
        }
        noteWhoSitsLong(heard)
        while let (ticket, seat) = admission.admit() {
            if let probe = probes[ticket] { sit(probe, seat) } else { admission.leave(seat) }
        }
        while let ticket = seated.popFirst() {
            transfer(ticket)
            worked = true
        }
        return worked
    }

    /// Whoever has had a place for a second is one of those that take long, and so may the others be who go there.
    private func noteWhoSitsLong(_ heard: MonotonicInstant) {
        while let first = sitting.first, heard - first.since >= ActiveProbe.quick {
            _ = sitting.popFirst()
            guard let probe = probes[first.ticket], let seat = probe.seat, !seat.isOld else { continue }
            probe.seat = admission.grewOld(seat)
        }
    }

    /// The time of a transfer is up, unless the engine was away for a part of it; never later than twice its time.
    private func expire(_ ticket: Ticket, _ now: MonotonicInstant) {
        guard let probe = probes[ticket], let transfer = probe.transfer else { return deadlines.remove(ticket) }
        let lost = min(attention.lost - probe.lostBefore, UInt64(probe.request.timeout) * 1_000_000)
        let deadline = probe.deadline.later(byNanoseconds: lost)
        if deadline > now { return deadlines.set(ticket, to: deadline) }
        if case .transferring = probe.stage { probe.ranOutOfTime = true }
        let outcome = transfer.outcome(.operationTimedOut)
        transfer.cut()
        conclude(probe, transfer, outcome)
    }

    /// Ends a probe with `verdict`, whatever it is doing.
    func end(_ ticket: Ticket, _ verdict: ProbeVerdict) {
        guard let probe = probes.removeValue(forKey: ticket) else { return }
        switch probe.stage {
        case .resolving: resolver.forget(ticket)
        case .waiting: admission.withdraw(ticket)
        case .transferring(let transfer), .inspecting(let transfer, _):
            transfer.cut()
            transfers.remove(transfer)
        case .judging: break
        }
        deadlines.remove(ticket)
        settings.bodies.release(ticket)
        leave(probe)
        probe.completion(probe.result(verdict, now: SystemClock.monotonic()))
    }

    /// Gives the probe's place back.
    func leave(_ probe: ActiveProbe) {
        guard let seat = probe.seat else { return }
        probe.seat = nil
        admission.leave(seat)
    }
}
