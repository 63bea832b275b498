import Addresses
import Curl
import Dispatch
import Glibc
import Platform
import SLA

/// The way of one hop: name, place, connection, transfer, outcome.
extension ProbeEngine {
    func resolve(_ probe: ActiveProbe) {
        let now = SystemClock.monotonic()
        probe.stage = .resolving
        probe.hopBegan = now
        resolver.ask(
            Resolver.Question(
                asker: probe.id, name: probe.askedName, family: probe.specification.family,
                wantsAll: probe.specification.addresses == .each, timeout: max(1, probe.remaining(now)),
                customer: probe.request.customer, isSlow: probe.request.isSlow),
            lost: lateness.lost)
    }

    func resolved(_ answer: Resolver.Answer) {
        guard let probe = probes[answer.asker] else { return }
        let now = SystemClock.monotonic()
        // What it waited for a place among the lookups is not the target's time either.
        let asked = MonotonicInstant(nanoseconds: now.nanoseconds - min(now.nanoseconds, answer.took))
        probe.excludeWait(since: min(probe.hopBegan, asked), now: asked)
        probe.phases.name = Int64(now.nanoseconds(since: probe.began) / 1000)
        guard case .addresses(let addresses) = answer.answer else {
            return end(probe.id, failure(probe, answer))
        }
        if probe.specification.addresses == .each, probe.redirects == 0, addresses.count > 1 {
            return gather(probe, addresses, now)
        }
        probe.addresses = addresses.filter(probe.policy.permits)
        guard let first = probe.addresses.first else {
            probe.reach(addresses.first)
            return end(probe.id, refusal(probe, addresses[0]))
        }
        // A redirect within one server keeps its place.
        let place = Admission<IPAddress>.Place(
            customer: probe.request.customer, destination: first,
            standing: probe.request.isSlow ? .slow : .quick)
        probe.stage = .waiting(since: now)
        if probe.place?.destination == first { return admitted.append(probe.id) }
        leave(probe)
        if let place = admission.enter(probe.id, place) { occupy(probe, place) }
    }

    /// What an answer without addresses says of the service.
    private func failure(_ probe: ActiveProbe, _ answer: Resolver.Answer) -> ProbeOutcome {
        let waited = min(Milliseconds(answer.took / 1_000_000), probe.request.timeout)
        probe.timedOut = [.silence(nil), .cutShort, .fault(.silence)].contains(answer.answer)
        // A name of ours that is none is our mistake; where a redirect leads to one, it is the server's.
        if answer.answer == .badName, probe.redirects > 0 {
            return .down(.redirect(.host(Excerpt(probe.url.host))))
        }
        return ProbeOutcome(
            name: answer.answer, host: probe.url.host, family: probe.specification.family, waited: waited)
            ?? .unknown(.resolver(reason: nil, limit: waited))
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

    /// Begins to connect a probe that has a place.
    func connect(_ id: Ticket) {
        guard let probe = probes[id] else { return }
        let now = SystemClock.monotonic()
        if case .waiting(let since) = probe.stage { probe.excludeWait(since: since, now: now) }
        let remaining = probe.remaining(now)
        guard remaining > 0 else {
            return end(id, .down(.timeout(probe.request.timeout, while: .redirects)))
        }
        probe.hopBegan = now
        probe.stage = .connecting(inspecting: nil)
        limit(probe, to: remaining, now)
        connector.begin(id, to: probe.addresses, port: probe.url.port, limit: remaining)
    }

    /// A connection stands, or none could be made.
    func connected(_ id: Ticket, _ result: Connector.Result) {
        guard let probe = probes[id], case .connecting(let inspected) = probe.stage else {
            if case .connected(let descriptor, _) = result { close(descriptor) }
            return
        }
        switch result {
        case .connected(let descriptor, let address):
            probe.reach(address)
            probe.connected = SystemClock.monotonic()
            begin(probe, address, over: descriptor, inspecting: inspected)
        case .failed(let failure):
            probe.reach(failure.address)
            end(id, inspected.map { certificateOutcome(probe, $0, chain: $0.certificates) } ?? failure.outcome)
        }
    }

    /// The time to connect is up.
    func expireConnecting(_ probe: ActiveProbe, inspecting inspected: FinishedTransfer?) {
        probe.reach(connector.withdraw(probe.id))
        if let inspected { return end(probe.id, certificateOutcome(probe, inspected, chain: inspected.certificates)) }
        probe.timedOut = true
        end(probe.id, .down(.timeout(probe.request.timeout, while: .connecting)))
    }

    /// Begins the transfer over a connection that stands.
    private func begin(
        _ probe: ActiveProbe, _ address: IPAddress, over connection: Int32, inspecting inspected: FinishedTransfer?
    ) {
        do {
            let plan = probe.plan(address, purpose: inspected == nil ? .probe : .inspection)
            let transfer = try transfers.start(plan, over: connection, probe: probe.id, settings: settings)
            probe.stage = inspected.map { .inspecting(transfer, failed: $0) } ?? .transferring(transfer)
        } catch {
            end(probe.id, .unknown(.library(Excerpt(error.description))))
        }
    }

    /// Its connection and its transfer, which begin at `now`, may take `duration` ms.
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
        guard let url = probe.url.following(target), url.isHTTP else {
            let words = Excerpt(target)
            return end(probe.id, .down(.redirect(CurlURL.namesHTTP(target) ? .url(words) : .scheme(words))))
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
        guard remaining > 0, let address = probe.address else {
            return end(probe.id, certificateOutcome(probe, failed, chain: failed.certificates))
        }
        probe.stage = .connecting(inspecting: failed)
        limit(probe, to: min(remaining, 5000), now)
        connector.begin(probe.id, to: [address], port: probe.url.port, limit: min(remaining, 5000))
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
