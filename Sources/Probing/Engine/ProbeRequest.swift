import SLA

/// One probe that is to be made now.
public struct ProbeRequest: Sendable {
    /// The check that is due.
    public var check: CheckID
    /// What is asked of the network.
    public var specification: ProbeSpecification
    /// How long the probe may take over all its redirects, in ms, at least 1; waiting for a place is not counted.
    public var timeout: Milliseconds
    /// The customer, who shares the places with the others.
    public var customer: String
    /// Whether this probe may take long: all but those of a check whose last one was quick. They never take all places.
    public var isSlow: Bool
    /// Whether the certificate's dates are wanted although nothing is expected of them.
    public var wantsCertificate: Bool

    /// A probe of `specification` for `check`.
    public init(
        check: CheckID, specification: ProbeSpecification, timeout: Milliseconds, customer: String,
        isSlow: Bool = true, wantsCertificate: Bool = false
    ) {
        self.check = check
        self.specification = specification
        self.timeout = max(1, timeout)
        self.customer = customer
        self.isSlow = isSlow
        self.wantsCertificate = wantsCertificate
    }

    /// A probe of `check`, one of those of `service`.
    public init(_ check: Check, of service: Service, wantsCertificate: Bool = false) {
        self.init(
            check: CheckID(service: service.id, check: check.id), specification: check.probe, timeout: check.timeout,
            customer: service.customer, wantsCertificate: wantsCertificate)
    }

    /// A probe of `reference`, which no customer pays for.
    public init(_ reference: Reference) {
        self.init(
            check: reference.id, specification: reference.check.probe, timeout: reference.check.timeout, customer: "")
    }
}
