extension SharedFailure {
    /// One that was announced by `alert`; nil where that says otherwise.
    init?(resuming alert: Alert?) {
        guard let alert, alert.event == .sharedFailure, let since = alert["since"]?.instant,
            case .text(let incident)? = alert["incident"], let number = Int64(incident.dropFirst())
        else { return nil }
        self.init(since: since, incident: number)
    }

    /// The one line about it at `instant`; nil before it has an incident.
    ///
    /// - Parameter cause: why the first of its services is down.
    func alert(at instant: Instant, _ cause: Cause?) -> Alert? {
        guard let incident else { return nil }
        var fields = [
            Alert.Field("since", .instant(since)), Alert.Field("targets_down", .number(Int64(fallen))),
            Alert.Field("targets_seen", .number(Int64(seen))),
        ]
        if let cause { fields.append(Alert.Field("cause", .cause(cause))) }
        fields.append(Alert.Field("incident", "I\(incident)"))
        return Alert(event: .sharedFailure, subject: "", at: instant, fields: fields)
    }
}

extension Alert {
    /// The incident of the failure of most targets at once that it is part of: it is kept, and one line is said for all;
    /// nil where it is said by itself.
    public var sharedFailure: AlertValue? { event == .sharedFailure ? nil : self[Self.sharedFailureKey] }

    static let sharedFailureKey = "shared_failure"
}
