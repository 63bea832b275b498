/// What a field of an alert says, as a value: words and zones come with whoever writes it down.
public enum AlertValue: Hashable, Sendable {
    /// An identifier, a figure as it is always written, or somebody's words.
    case text(String)
    /// A number without a unit, or with the unit that its key names.
    case number(Int64)
    /// A duration in ms, to be written in seconds.
    case seconds(Milliseconds)
    case instant(Instant)
    case month(CivilMonth)
    case cause(Cause)
    case loss(MeasurementLoss)
}

/// What a latch is restored from. An earlier version kept every value as the text that it wrote: that is read as well.
extension AlertValue {
    /// The instant that it says; nil where it says none.
    public var instant: Instant? {
        switch self {
        case .instant(let instant): instant
        case .text(let text): RFC3339.instant(text)
        default: nil
        }
    }

    /// The month that it says; nil where it says none.
    public var month: CivilMonth? {
        switch self {
        case .month(let month): month
        case .text(let text): CivilMonth(text)
        default: nil
        }
    }

    /// The number that it says; nil where it says none.
    public var number: Int64? {
        switch self {
        case .number(let number): number
        case .text(let text): Int64(text)
        default: nil
        }
    }
}
