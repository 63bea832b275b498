import SLA

/// One probe that is to be made now.
public struct ProbeRequest: Sendable {
    /// The check that is due.
    public var check: CheckID
    /// What is asked of the network.
    public var specification: ProbeSpecification
    /// How long the probe may take over all its redirects, in ms, at least 1; waiting for a place is not counted.
    public var timeout: Milliseconds
    /// The customer, for the cap per customer.
    public var customer: String
    /// Whether the certificate's dates are wanted although nothing is expected of them.
    public var wantsCertificate: Bool

    /// A probe of `specification` for `check`.
    public init(
        check: CheckID, specification: ProbeSpecification, timeout: Milliseconds, customer: String,
        wantsCertificate: Bool = false
    ) {
        self.check = check
        self.specification = specification
        self.timeout = max(1, timeout)
        self.customer = customer
        self.wantsCertificate = wantsCertificate
    }
}
