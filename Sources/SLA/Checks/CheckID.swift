/// Names a check among all of them.
public struct CheckID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The service's identifier.
    public let service: String
    /// The check's identifier within it.
    public let check: String

    /// The check `check` of `service`.
    public init(service: String, check: String) {
        self.service = service
        self.check = check
    }

    /// As `acme-mail/smtp`.
    public var description: String { service + "/" + check }

    /// By service, then by check.
    public static func < (a: CheckID, b: CheckID) -> Bool {
        (a.service, a.check) < (b.service, b.check)
    }
}
