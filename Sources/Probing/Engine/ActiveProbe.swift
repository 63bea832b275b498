import Addresses
import Curl
import Platform
import SLA

/// A probe from its request to its result. It belongs to the engine and is used on the engine's queue only.
final class ActiveProbe {
    /// What it is doing.
    enum Stage {
        case resolving
        /// For a place; its clock stands still.
        case waiting(since: MonotonicInstant)
        /// To one of its addresses; once more where the certificate that made a transfer fail is to be looked at.
        case connecting(inspecting: FinishedTransfer?)
        case transferring(Transfer)
        /// Looks again at the certificate that made the first transfer fail.
        case inspecting(Transfer, failed: FinishedTransfer)
        /// A regular expression is being searched for, on another queue.
        case judging
        /// Each address is probed by a probe of its own.
        case gathering(AddressResults)
    }

    let id: UInt64
    let request: ProbeRequest
    let policy: AddressPolicy
    let completion: @Sendable (ProbeResult) -> Void
    var stage = Stage.resolving
    /// The instant of the sample.
    var at: Instant
    /// The pass of the wall clock that it lies in.
    var pass: Pass
    private let clock: @Sendable () -> Now
    /// The same on the clock that never steps, moved on by all waiting since.
    var began: MonotonicInstant

    // The hop it is at.
    var url: CurlURL
    var method: String
    var sendsBody: Bool
    /// Those that may be spoken to, in the order in which they are tried.
    var addresses: [IPAddress] = []
    /// The one that is spoken to, or was tried last.
    private(set) var address: IPAddress?
    var place: Admission<IPAddress>.Place?
    var hopBegan: MonotonicInstant
    /// When the connection stood.
    var connected: MonotonicInstant
    /// What servers have set in this probe; nil where no hop follows that could send it.
    let cookies: CookieJar?

    // How it is held to its time.
    /// When its transfer has taken too long, if the engine was there all the time; set as it begins.
    var deadline: MonotonicInstant
    /// What the engine had lost of its time when that was set, in ns.
    var lostBefore: UInt64 = 0
    /// What it lost during the transfers that are over, in ns.
    var lost: UInt64 = 0
    /// The longest standstill of the engine that it lived through, in ms.
    var longestStandstill: Milliseconds = 0
    var timedOut = false

    /// How long a quick probe may take, in ms.
    static let quick: Milliseconds = 1000

    // What was seen so far.
    let origin: String
    var hops: [ProbeResult.Hop] = []
    var phases = ProbePhases()
    var status: Int?
    var certificate: ProbeResult.Certificate?
    var bytesRead = 0

    init(
        id: UInt64, request: ProbeRequest, policy: AddressPolicy, url: CurlURL, at: Now, began: MonotonicInstant,
        clock: @escaping @Sendable () -> Now, completion: @escaping @Sendable (ProbeResult) -> Void
    ) {
        self.id = id
        self.request = request
        self.policy = policy
        self.completion = completion
        self.url = url
        self.at = at.wall
        pass = at.pass
        self.clock = clock
        self.began = began
        hopBegan = began
        connected = began
        cookies = url.isHTTP && request.specification.maximumRedirects > 0 ? CookieJar() : nil
        deadline = began + request.timeout
        origin = url.origin
        method = request.specification.method.uppercased()
        sendsBody = request.specification.body != nil
        hops = [.init(url: url.text)]
    }

    var specification: ProbeSpecification { request.specification }

    /// The transfer it waits for, where it does.
    var transfer: Transfer? {
        switch stage {
        case .transferring(let transfer), .inspecting(let transfer, _): transfer
        case .resolving, .waiting, .connecting, .judging, .gathering: nil
        }
    }

    /// How many redirects were followed.
    var redirects: Int { hops.count - 1 }

    /// What of the timeout is left at `now`, in ms; what the engine lost is not taken out of it.
    func remaining(_ now: MonotonicInstant) -> Milliseconds {
        request.timeout - (now - began) + Milliseconds(lost / 1_000_000)
    }

    /// What is asked for to find its addresses: its host, or where connections to that are to go.
    var askedName: String {
        guard let target = specification.connectTo, url.host.lowercased() == specification.host.lowercased() else {
            return url.host
        }
        return target
    }

    /// It speaks to `address`, or has tried to.
    func reach(_ address: IPAddress?) {
        guard let address else { return }
        self.address = address
        hops[hops.count - 1].address = address.description
    }

    /// The time that was waited since `since` is taken out of the probe.
    func excludeWait(since: MonotonicInstant, now: MonotonicInstant) {
        let waited = now.nanoseconds(since: since)
        guard waited > 0 else { return }
        began = began.later(byNanoseconds: waited)
        // The sample's instant is that of the first transfer; a redirect's wait does not move it.
        guard redirects == 0 else { return }
        // Both clocks are read now: the wait may have ended long ago, where a name was asked for meanwhile.
        let clocks = clock()
        at = clocks.wall - (SystemClock.monotonic() - began)
        pass = clocks.pass
    }

    /// What one more hop of it is to do.
    func plan(_ address: IPAddress, purpose: TransferPlan.Purpose) -> TransferPlan {
        let expectation = specification.expect
        return TransferPlan(
            url: url, address: address, specification: specification, method: method, sendsBody: sendsBody,
            sendsCredentials: url.origin == origin, purpose: purpose,
            wantsCertificate: purpose == .inspection || request.wantsCertificate
                || expectation.certificateDaysLeft != nil,
            needles: expectation.bodyContains + expectation.bodyNotContains,
            keepsBody: expectation.bodyMatches != nil,
            keepsHeaders: !expectation.headers.isEmpty, cookies: cookies)
    }

    /// Takes over what the transfer saw, its phases counted from the probe's beginning.
    func record(_ finished: FinishedTransfer, now: MonotonicInstant) {
        let offset = Int64(connected.nanoseconds(since: began) / 1000)
        let end = { (time: Int64) in time > 0 ? offset + time : nil }
        phases.connect = offset
        phases.tls = url.isTLS ? end(finished.times.tls) : nil
        phases.firstByte = end(finished.times.firstByte)
        phases.total = finished.wasStopped ? Int64(now.nanoseconds(since: began) / 1000) : offset + finished.times.total
        status = finished.status > 0 ? finished.status : nil
        hops[hops.count - 1].status = status
        certificate = finished.certificates.first
        bytesRead = finished.bodyBytes
    }

    /// Goes on to where a redirect points, as RFC 9110 §15.4 and the browsers have it.
    func follow(_ target: CurlURL, status: Int) {
        if status == 303 && method != "HEAD" || (301...302).contains(status) && method == "POST" {
            method = "GET"
            sendsBody = false
        }
        url = target
        hops.append(.init(url: target.text))
        stage = .resolving
        addresses = []
        address = nil
        phases = ProbePhases()
    }

    /// Its result with `outcome`. Where the engine stood still for long, only a good answer within the probe's time says
    /// anything of the service: one that came after it may have been asked for long after the sample's instant. And
    /// nothing says how long it took.
    func result(_ outcome: ProbeOutcome, now: MonotonicInstant) -> ProbeResult {
        if phases.total == nil { phases.total = Int64(now.nanoseconds(since: began) / 1000) }
        var outcome = redirects > 0 ? outcome.behindRedirect(to: url.text) : outcome
        if LatenessMeter.isInconclusive(longestStandstill, timeout: request.timeout) {
            phases = ProbePhases()
            if outcome.state == .down || now - began > request.timeout {
                outcome = .unknown(.monitorStoodStill(longestStandstill))
            }
        }
        let address = hops.last?.address
        return ProbeResult(
            observation: Observation(
                check: request.check,
                sample: Sample(
                    at: at, state: outcome.state, pass: pass, family: IPFamily(ofAddress: address)), phases: phases,
                address: address, cause: outcome.cause),
            hops: hops, status: status, certificate: certificate, bytesRead: bytesRead,
            isQuick: !timedOut && now - began < Self.quick)
    }
}
