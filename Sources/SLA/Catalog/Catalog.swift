/// A person or organisation that uses services under a signed contract (clause 1).
public struct Customer: Hashable, Sendable {
    /// The identifier that services, exclusions and reports use.
    public var id: String
    /// The name people use; empty where none is recorded.
    public var name: String
    /// Where notices go; nil where none is recorded.
    public var email: String?
    /// Whether notices are also given in person (clause 6.1).
    public var isVIP: Bool
    /// The language of notices to it; nil for the provider's own.
    public var language: NoticeLanguage?

    /// A customer.
    public init(
        id: String, name: String = "", email: String? = nil, isVIP: Bool = false, language: NoticeLanguage? = nil
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.isVIP = isVIP
        self.language = language
    }
}

/// What a customer pays for, and what is measured of it.
public struct Service: Hashable, Sendable {
    /// The identifier that samples, exclusions and reports use.
    public var id: String
    /// The customer's identifier.
    public var customer: String
    /// The groups it belongs to, as `rack-3`, for exclusions and incidents that strike many at once.
    public var groups: Set<String>
    /// The price of a month in the agreement's currency; nil where none is recorded.
    public var price: ExactDecimal?
    /// The time that is paid for (clause 2); a term without end reaches to ``Instant/distantFuture``.
    public var paid: IntervalSet
    /// How its checks make up its state (semantics §3).
    public var mode: CheckMode
    /// Its checks, at least one, each with an identifier of its own.
    public var checks: [Check]
    /// Who answers for what it depends on; no figure follows from it.
    public var responsibility: Responsibility

    /// A service.
    public init(
        id: String, customer: String, groups: Set<String> = [], price: ExactDecimal? = nil, paid: IntervalSet,
        mode: CheckMode = .all, checks: [Check], responsibility: Responsibility = Responsibility()
    ) {
        self.id = id
        self.customer = customer
        self.groups = groups
        self.price = price
        self.paid = paid
        self.mode = mode
        self.checks = checks
        self.responsibility = responsibility
    }
}

/// How the states of several checks make up the state of their service (semantics §3).
public enum CheckMode: String, CaseIterable, Hashable, Sendable {
    /// Down where any is down, else unmeasured where any is, else up.
    case all
    /// Up where any is up, else unmeasured where any is, else down.
    case any
}

/// One way in which a service is watched, and how its samples are read.
public struct Check: Hashable, Sendable {
    /// Its identifier within the service; `default` where the service has only one and does not name it.
    public var id: String
    /// The time from one due instant to the next, in ms.
    public var interval: Milliseconds
    /// How long a probe may take, in ms; at most ``interval``.
    public var timeout: Milliseconds
    /// How long after a failed probe the next one is due, in ms; at most ``interval``.
    public var retryInterval: Milliseconds
    /// How many adjacent failures make an outage, at least 1.
    public var confirm: Int
    /// How long a sample speaks for the time after it, in ms (semantics §3).
    public var staleAfter: Milliseconds
    /// What is asked of the network.
    public var probe: ProbeSpecification

    /// The identifier of a service's only check where the service gives it none.
    public static let defaultID = "default"

    /// A check; `staleAfter` is `2 × interval + timeout` unless given.
    public init(
        id: String = Check.defaultID, interval: Milliseconds = 60_000, timeout: Milliseconds = 10_000,
        retryInterval: Milliseconds = 10_000, confirm: Int = 2, staleAfter: Milliseconds? = nil,
        probe: ProbeSpecification
    ) {
        self.id = id
        self.interval = interval
        self.timeout = timeout
        self.retryInterval = retryInterval
        self.confirm = confirm
        self.staleAfter = staleAfter ?? 2 * interval + timeout
        self.probe = probe
    }
}

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

/// Everything that is agreed and watched: one agreement, its customers, their services.
public struct Catalog: Hashable, Sendable {
    /// What is promised.
    public let agreement: Agreement
    /// The customers, sorted by identifier.
    public let customers: [Customer]
    /// The services, sorted by customer, then by identifier: the order of every report.
    public let services: [Service]
    private let positions: [String: Int]

    /// A catalogue; the identifiers are unique, and each service's customer is among `customers`.
    public init(agreement: Agreement, customers: [Customer], services: [Service]) {
        self.agreement = agreement
        self.customers = customers.sorted { $0.id < $1.id }
        self.services = services.sorted { ($0.customer, $0.id) < ($1.customer, $1.id) }
        positions = Dictionary(
            self.services.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// The checks of all services.
    public var allChecks: [Check] { services.flatMap(\.checks) }

    /// The service called `id`, if there is one.
    public func service(_ id: String) -> Service? {
        positions[id].map { services[$0] }
    }
}
