import SLA

/// What was measured of a month, and since when its service is: said beside every verdict, as that rests on it
/// (semantics §6).
enum MeasuredText {
    /// `2.7 s of 25 d`.
    static func share(_ figures: MonthFigures) -> String {
        "\(DurationText.spoken(figures.measured)) of \(DurationText.spoken(figures.measurable))"
    }

    /// Since when the service is measured; `-` where it never was, or that is not known.
    static func since(_ figures: MonthFigures, in zone: TimeZoneRules) -> String {
        figures.measuredSince.map { RFC3339.text($0, in: zone) } ?? "-"
    }

    /// The same for programs.
    static func members(_ figures: MonthFigures, in zone: TimeZoneRules) -> [String: JSONValue] {
        [
            "measured_s": .number(DurationText.seconds(figures.measured)),
            "measurable_s": .number(DurationText.seconds(figures.measurable)),
            "measured_since": .instant(figures.measuredSince, zone),
        ]
    }
}
