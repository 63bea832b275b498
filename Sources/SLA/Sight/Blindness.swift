/// Time in which the monitor could not see, as far as it is known: the evidence of a void of its own (semantics §10).
public struct Blindness: Hashable, Sendable {
    /// What it could not see.
    public let domain: SightDomain
    /// Since when.
    public var from: Instant
    /// Which references failed, in order: all there were.
    public var failures: [Failure]

    /// A reference that failed.
    public struct Failure: Hashable, Sendable {
        /// Its URL.
        public let reference: String
        /// When the first of its failures in a row began.
        public let since: Instant
        /// How the last of them failed; nil where that is not known.
        public var cause: Cause?

        /// A reference that failed since `since`.
        public init(reference: String, since: Instant, cause: Cause?) {
            self.reference = reference
            self.since = since
            self.cause = cause
        }
    }

    /// A blindness since `from`.
    public init(_ domain: SightDomain, from: Instant, failures: [Failure]) {
        self.domain = domain
        self.from = from
        self.failures = failures
    }
}

/// What is to be recorded of sight.
public enum SightChange: Hashable, Sendable {
    /// The monitor is blind since an instant that is in the void's place from now on, and nobody knows until when.
    case lost(Blindness, isKnown: Bool)
    /// It was blind up to `until`; where that is not after its beginning, it never was.
    case restored(Blindness, until: Instant, isKnown: Bool)
}
