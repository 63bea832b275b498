import SLA

extension AlertValue {
    /// As a line of syslog says it in English: durations in seconds with three decimals, instants in `zone`.
    public func english(in zone: TimeZoneRules) -> String {
        switch self {
        case .text(let text): text
        case .number(let number): "\(number)"
        case .seconds(let duration): DurationText.signedSeconds(duration)
        case .instant(let instant): RFC3339.text(instant, in: zone)
        case .month(let month): month.description
        case .cause(let cause): cause.english
        case .loss(let loss): loss.english
        }
    }
}
