/// A service as it was measured, for the question what else was lost in the same moment.
public struct MeasuredService: Hashable, Sendable {
    /// The service.
    public var service: Service
    /// Where it was down, as measured.
    public var down: IntervalSet
    /// Where it was up.
    public var up: IntervalSet
    /// The addresses that its probes spoke to.
    public var addresses: Set<String>

    /// A service as it was measured.
    public init(service: Service, down: IntervalSet, up: IntervalSet, addresses: Set<String> = []) {
        self.service = service
        self.down = down
        self.up = up
        self.addresses = addresses
    }
}

extension OutageEvidence {
    /// How many services must share something before its loss is more than a coincidence.
    private static let fewest = 3

    /// Clause 3.5: everything behind one carrier, in one group or on one address was lost at once, and something
    /// elsewhere was up, so that it was neither all of us nor the monitor.
    func lostTogether(among neighbours: [MeasuredService]) -> [SuggestionReason]? {
        let responsibility = service.responsibility
        if let carrier = responsibility.carrier,
            let reason = lost(
                .carrier(carrier), among: neighbours, { $0.service.responsibility.carrier == carrier })
        {
            return [reason]
        }
        for group in service.groups.sorted() {
            if let reason = lost(.group(group), among: neighbours, { $0.service.groups.contains(group) }) {
                return [reason, .sharedMayBeOurs]
            }
        }
        for address in addresses.sorted() {
            if let reason = lost(.address(address), among: neighbours, { $0.addresses.contains(address) }) {
                return [reason, .sharedMayBeOurs]
            }
        }
        return nil
    }

    /// That all of those that `isMember` were down at one instant of this outage, and others were up.
    private func lost(
        _ place: SuggestionReason.SharedPlace, among neighbours: [MeasuredService],
        _ isMember: (MeasuredService) -> Bool
    ) -> SuggestionReason? {
        let members = neighbours.filter(isMember)
        guard members.count >= Self.fewest else { return nil }
        let together = members.reduce(IntervalSet(outage)) { $0.intersection($1.down) }
        guard let first = together.intervals.first?.start else { return nil }
        let others = neighbours.count { !isMember($0) && $0.up.contains(first) }
        guard others > 0 else { return nil }
        return .lostTogether(place: place, services: members.count, together.length, others: others)
    }
}
