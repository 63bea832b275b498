/// Who answers for what a service depends on. It proposes exclusions (clauses 3.3, 3.5) to a person, and decides
/// nothing: no figure follows from it.
public struct Responsibility: Hashable, Sendable {
    /// The addresses and CIDR blocks that the service's name should point to; empty where that is not known.
    public var addresses: [String]
    /// Who keeps the certificate; nil where that is not known.
    public var certificate: Party?
    /// The carrier that the service is reached by; nil where that is not known.
    public var carrier: String?

    /// The two sides of the agreement.
    public enum Party: String, CaseIterable, Hashable, Sendable {
        case customer
        case provider
    }

    /// A responsibility, unknown unless given.
    public init(addresses: [String] = [], certificate: Party? = nil, carrier: String? = nil) {
        self.addresses = addresses
        self.certificate = certificate
        self.carrier = carrier
    }
}
