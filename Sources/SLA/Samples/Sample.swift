/// What a probe found.
public enum SampleState: UInt8, Hashable, Sendable {
    /// The service answered as expected.
    case up = 0
    /// It did not.
    case down = 1
    /// We could not tell: our own network, resolver or disk failed, or the answer does not decide it (semantics §3).
    case unknown = 2

    /// As files and events name it: `up`, `down`, `unknown`.
    public var name: String {
        switch self {
        case .up: "up"
        case .down: "down"
        case .unknown: "unknown"
        }
    }
}

/// A state at an instant: all that the calculation knows of a probe (semantics §3).
public struct Sample: Hashable, Sendable {
    /// When the probe began.
    public let at: Instant
    /// The pass of the wall clock in which it began: two samples of one instant and two passes are two.
    public let pass: Pass
    /// What it found.
    public let state: SampleState
    /// The family of the address over which it was decided; nil where there was none, or it is not known.
    public let family: IPFamily?
    /// Whether nobody looked then: a state that was held between two lines of a log (semantics §3.6).
    public let isDerived: Bool

    /// `state` was found by a probe that began at `at`.
    @inlinable
    public init(
        at: Instant, state: SampleState, pass: Pass = 0, family: IPFamily? = nil, isDerived: Bool = false
    ) {
        self.at = at
        self.pass = pass
        self.state = state
        self.family = family
        self.isDerived = isDerived
    }
}

/// A sample with what the probe saw on the way: kept as evidence, not used by the calculation.
public struct Observation: Hashable, Sendable {
    /// The check that was due.
    public var check: CheckID
    /// What the calculation uses.
    public var sample: Sample
    /// How long each phase took.
    public var phases: ProbePhases
    /// The address that was spoken to, without the port; nil where none was reached for.
    public var address: String?
    /// Why it is not up; nil where it is.
    public var cause: Cause?

    /// An observation.
    public init(
        check: CheckID, sample: Sample, phases: ProbePhases = ProbePhases(), address: String? = nil,
        cause: Cause? = nil
    ) {
        self.check = check
        self.sample = sample
        self.phases = phases
        self.address = address
        self.cause = cause
    }
}

/// How long after a probe's beginning each of its phases ended, in µs; nil for one that was not reached.
public struct ProbePhases: Hashable, Sendable {
    /// The name was resolved.
    public var name: Int64?
    /// The connection stood.
    public var connect: Int64?
    /// TLS was agreed.
    public var tls: Int64?
    /// The first byte of the answer came.
    public var firstByte: Int64?
    /// The probe was over.
    public var total: Int64?

    /// Ends of phases, in µs.
    public init(
        name: Int64? = nil, connect: Int64? = nil, tls: Int64? = nil, firstByte: Int64? = nil, total: Int64? = nil
    ) {
        self.name = name
        self.connect = connect
        self.tls = tls
        self.firstByte = firstByte
        self.total = total
    }
}
