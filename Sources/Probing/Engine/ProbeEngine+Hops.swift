import Addresses
import Curl
import Dispatch
import Platform
import SLA

/// The way of one hop: name, place, transfer, outcome.
extension ProbeEngine {
    func resolve(_ probe: ActiveProbe) {
        let now = SystemClock.monotonic()
        probe.stage = .resolving
        probe.hopBegan = now
        resolver.ask(
            Resolver.Question(
                asker: probe.id, name: probe.url.host, family: probe.specification.family,
                timeout: max(1, probe.remaining(now)), customer: probe.request.customer, isSlow: probe.request.isSlow),
            lost: lateness.lost)
    }

    func resolved(_ answer: Resolver.Answer) {
        guard let probe = probes[answer.asker] else { return }
        let now = SystemClock.monotonic()
        // What it waited for a place among the lookups is not the target's time either.
        let asked = MonotonicInstant(nanoseconds: now.nanoseconds - min(now.nanoseconds, answer.took))
        probe.excludeWait(since: min(probe.hopBegan, asked), now: asked)
        probe.phases.name = Int64(now.nanoseconds(since: probe.began) / 1000)
        guard case .addresses(let addresses) = answer.answer, let address = addresses.first else {
            probe.timedOut = answer.answer == .timedOut
            // A name of ours that is none is our mistake; where a redirect leads to one, it is the server's.
            if answer.answer == .badName, probe.redirects > 0 {
                return end(probe.id, .down(.redirect(.host(Excerpt(probe.url.host)))))
            }
            let outcome = ProbeOutcome(
                name: answer.answer, host: probe.url.host, family: probe.specification.family,
                timeout: probe.request.timeout)
            return end(probe.id, outcome ?? .unknown(.library("resolver did not answer")))
        }
        probe.address = address
        probe.hops[probe.hops.count - 1].address = address.description
        guard probe.policy.permits(address) else {
            return end(probe.id, refusal(probe, address))
        }
        // A redirect within one server keeps its place.
        let place = Admission<IPAddress>.Place(
            customer: probe.request.customer, destination: address,
            standing: probe.request.isSlow ? .slow : .quick)
        probe.stage = .waiting(since: now)
        if probe.place?.destination == address { return admitted.append(probe.id) }
        leave(probe)
        if let place = admission.enter(probe.id, place) { occupy(probe, place) }
    }

    /// The probe has a place, from now on.
    func occupy(_ probe: ActiveProbe, _ place: Admission<IPAddress>.Place) {
        probe.place = place
        recentlyPlaced.append((probe.id, SystemClock.monotonic()))
        admitted.append(probe.id)
    }

    /// A name of ours that leads nowhere we may go is our mistake; a redirect there is the server's.
    private func refusal(_ probe: ActiveProbe, _ address: IPAddress) -> ProbeOutcome {
        probe.redirects == 0
            ? .unknown(.misconfigured(.address(address.description)))
            : .down(.redirect(.address(address.description)))
    }

    /// Begins the transfer of a probe that has a place.
    func transfer(_ id: Ticket) {
        guard let probe = probes[id], let address = probe.address else { return }
        let now = SystemClock.monotonic()
        if case .waiting(let since) = probe.stage { probe.excludeWait(since: since, now: now) }
        let remaining = probe.remaining(now)
        guard remaining > 0 else {
            return end(id, .down(.timeout(probe.request.timeout, while: .redirects)))
        }
        probe.hopBegan = now
        do {
            probe.stage = .transferring(try start(probe, address, .probe))
            limit(probe, to: remaining, now)
        } catch {
            end(id, .unknown(.library(Excerpt(error.description))))
        }
    }

    private func start(
        _ probe: ActiveProbe, _ address: IPAddress, _ purpose: TransferPlan.Purpose
    ) throws(CurlRefusal) -> Transfer {
        try transfers.start(probe.plan(address, purpose: purpose), probe: probe.id, settings: settings)
    }

    /// Its transfer, which begins at `now`, may take `duration` ms.
    private func limit(_ probe: ActiveProbe, to duration: Milliseconds, _ now: MonotonicInstant) {
        probe.deadline = now + duration
        probe.lostBefore = lateness.lost
        deadlines.set(probe.id, to: probe.deadline)
    }

    /// libcurl is done with `transfer`, or the engine is.
    func finished(_ transfer: Transfer, _ code: CurlCode) {
        guard let probe = probes[transfer.probe], probe.transfer === transfer else { return transfers.remove(transfer) }
        conclude(probe, transfer, transfer.finish(code))
    }

    /// Takes the transfer from libcurl and goes on with what it came to.
    func conclude(_ probe: ActiveProbe, _ transfer: Transfer, _ finished: FinishedTransfer) {
        let stage = probe.stage
        transfers.remove(transfer)
        deadlines.remove(probe.id)
        probe.lost += lateness.lost - probe.lostBefore
        probe.stage = .judging
        if case .inspecting(_, let failed) = stage {
            probe.certificate = finished.certificates.first
            end(probe.id, certificateOutcome(probe, failed, chain: finished.certificates))
        } else {
            probe.record(finished, now: SystemClock.monotonic())
            evaluate(probe, finished)
        }
    }

    /// Follows a redirect, looks into a certificate, or judges the answer.
    private func evaluate(_ probe: ActiveProbe, _ finished: FinishedTransfer) {
        guard finished.isComplete else {
            if finished.code == .peerFailedVerification { return inspect(probe, finished) }
            let failure = TransferFailure(transfer: finished, scheme: scheme(of: probe), timeout: probe.request.timeout)
            return end(probe.id, failure.outcome())
        }
        if let target = finished.redirect, probe.specification.maximumRedirects > 0 {
            return follow(probe, target, status: finished.status)
        }
        judge(probe, finished)
    }

    private func follow(_ probe: ActiveProbe, _ target: String, status: Int) {
        let most = probe.specification.maximumRedirects
        guard probe.redirects < most else {
            return end(probe.id, .down(.redirect(.tooMany(most))))
        }
        guard let url = CurlURL(target), url.isHTTP else {
            return end(probe.id, .down(.redirect(.scheme(Excerpt(target)))))
        }
        settings.bodies.release(probe.id)
        probe.follow(url, status: status)
        resolve(probe)
    }

    private func judge(_ probe: ActiveProbe, _ finished: FinishedTransfer) {
        // Searches may wait for each other; nobody else waits for them.
        leave(probe)
        let expectation = probe.specification.expect
        let judge = Judge(
            expectation: expectation, scheme: scheme(of: probe), transfer: finished, total: probe.phases.total ?? 0,
            lost: Int64(probe.lost / 1000), now: SystemClock.wall())
        // Some expressions search for long; the other probes must not wait for them.
        guard expectation.patterns.isEmpty else { return judgeInBackground(probe.id, judge) }
        end(probe.id, judge.outcome(within: SearchBudget(limit: 0)))
    }

    /// Searches for regular expressions away from the queue, then ends the probe.
    private func judgeInBackground(_ id: Ticket, _ judge: Judge) {
        searches.judge(judge) { outcome in
            self.queue.queue.async {
                self.assumeIsolated { engine in
                    engine.end(id, outcome)
                    engine.turn()
                }
            }
        }
    }

    /// Looks at a certificate that was not accepted, to say what is wrong with it.
    private func inspect(_ probe: ActiveProbe, _ failed: FinishedTransfer) {
        let now = SystemClock.monotonic()
        let remaining = probe.remaining(now)
        guard remaining > 0, let address = probe.address, let transfer = try? start(probe, address, .inspection) else {
            return end(probe.id, certificateOutcome(probe, failed, chain: failed.certificates))
        }
        probe.stage = .inspecting(transfer, failed: failed)
        limit(probe, to: min(remaining, 5000), now)
    }

    private func certificateOutcome(
        _ probe: ActiveProbe, _ failed: FinishedTransfer, chain: [ProbeResult.Certificate]
    ) -> ProbeOutcome {
        CertificateFailure.outcome(failed, chain: chain, host: probe.url.host, now: SystemClock.wall())
    }

    /// The scheme of the hop it is at: a redirect may have changed it.
    private func scheme(of probe: ActiveProbe) -> ProbeScheme {
        probe.specification.scheme.isHTTP
            ? ProbeScheme(rawValue: probe.url.scheme) ?? probe.specification.scheme : probe.specification.scheme
    }
}
