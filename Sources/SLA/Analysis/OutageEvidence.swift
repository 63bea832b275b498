/// What is known of an outage and of the probes that failed in it.
public struct OutageEvidence: Hashable, Sendable {
    /// The service.
    public var service: Service
    /// The outage, as far as it lies in the month.
    public var outage: Interval
    /// How much of it counts as down, in ms: outside every admitted exclusion.
    public var down: Milliseconds
    /// How often failed probes gave each cause.
    public var causes: [Cause: Int]
    /// The addresses that failed probes spoke to.
    public var addresses: Set<String>
    /// Those of ``addresses`` that are none of the service's own (``Responsibility/addresses``).
    public var foreignAddresses: Set<String>

    /// What is known of an outage.
    public init(
        service: Service, outage: Interval, down: Milliseconds, causes: [Cause: Int], addresses: Set<String> = [],
        foreignAddresses: Set<String> = []
    ) {
        self.service = service
        self.outage = outage
        self.down = down
        self.causes = causes
        self.addresses = addresses
        self.foreignAddresses = foreignAddresses
    }
}

extension OutageEvidence {
    private var failures: Int { causes.values.reduce(0, +) }

    /// How many failed probes gave a cause that `isMeant`, and the most frequent of those causes.
    private func causes(where isMeant: (CauseKind) -> Bool) -> (count: Int, example: Cause)? {
        let meant = causes.filter { isMeant(CauseKind($0.key)) }
        // Of those that are as frequent, always the same: the one whose text comes first, whatever their order here.
        let first = meant.max { ($0.value, "\($1.key)") < ($1.value, "\($0.key)") }
        guard let first else { return nil }
        return (meant.values.reduce(0, +), first.key)
    }

    /// The reason that more than half of the failed probes give, if they give one.
    private func majority(where isMeant: (CauseKind) -> Bool) -> SuggestionReason? {
        guard let found = causes(where: isMeant), 2 * found.count > failures else { return nil }
        return .failedProbes(count: found.count, of: failures, example: found.example)
    }

    /// Clause 3.3: the name or the certificate, which the customer keeps, led the probes astray.
    var misconfigured: [SuggestionReason]? {
        if let reason = majority(where: { $0 == .name }) {
            return [reason, .nameIsGone]
        }
        if service.responsibility.certificate == .customer, let reason = majority(where: { $0 == .certificate }) {
            return [reason, .certificateIsTheCustomers]
        }
        let isDelivery = majority(where: \.isDeliveryNetwork) != nil
        if !foreignAddresses.isEmpty, foreignAddresses == addresses, !isDelivery {
            return [.pointsElsewhere(to: foreignAddresses.sorted(), own: service.responsibility.addresses)]
        }
        return nil
    }

    /// Clause 3.5: what answered was a content delivery network's own error page.
    var delivery: [SuggestionReason]? {
        guard let reason = majority(where: \.isDeliveryNetwork) else { return nil }
        // With the address one of ours, the page was made here, whatever its status.
        if !service.responsibility.addresses.isEmpty, foreignAddresses.isEmpty { return nil }
        var reasons = [reason]
        if !foreignAddresses.isEmpty {
            reasons.append(.foreignAnswer(from: foreignAddresses.sorted()))
        }
        return reasons + [.originMayBeOurs]
    }
}

extension CauseKind {
    fileprivate var isDeliveryNetwork: Bool {
        if case .deliveryNetwork = self { return true }
        return false
    }
}
