/// What the configuration said of a service from an instant on: all of it that figures need.
public struct ServiceRecord: Hashable, Sendable {
    /// The service's identifier.
    public var id: String
    /// The service, ``Service/withoutProbes``; nil where the configuration no longer had it.
    public var service: Service?
    /// When it became known.
    public var recordedAt: Instant
    /// Who recorded it.
    public var recordedBy: String

    /// What `service` was, or nil where there was none of that identifier any more.
    public init(id: String, service: Service?, recordedAt: Instant, recordedBy: String) {
        self.id = id
        self.service = service
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
    }
}

extension Service {
    /// The service with what its checks ask of the network in words alone: what a record keeps. How samples are read
    /// (interval, confirm, stale_after) stays. Nor is its contract kept: that is said as it is.
    public var withoutProbes: Service {
        var service = self
        service.contract = nil
        for index in service.checks.indices {
            service.checks[index].probe = .recorded(service.checks[index].probe.asked)
        }
        return service
    }
}
