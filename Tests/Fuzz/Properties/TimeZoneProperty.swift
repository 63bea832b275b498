import SLA

@testable import Configuration

/// What is taken for a zone has its changes in order and months that follow each other.
enum TimeZoneProperty {
    static func checkFile(_ bytes: UnsafeRawBufferPointer) throws {
        guard let file = TZifFile(Array(bytes)), let rules = file.rules(name: "Test/Zone") else { return }
        try demandOrder(rules)
    }

    static func checkRule(_ bytes: UnsafeRawBufferPointer) throws {
        guard let text = String(validating: bytes, as: UTF8.self), let rule = PosixTimeZone(text) else { return }
        let transitions = rule.transitions(years: 1990...2040)
        for (a, b) in zip(transitions, transitions.dropFirst()) {
            try demand(a.at < b.at, "two changes at \(b.at.milliseconds)")
        }
        // Once a year each way, and at the most one more where an end of the years cuts a pair.
        try demand(transitions.count <= 2 * 51, "\(transitions.count) changes in 51 years")
        try demandOrder(TimeZoneRules(name: "Test/Zone", initialOffset: 0, transitions: transitions))
    }

    private static func demandOrder(_ rules: TimeZoneRules) throws {
        for (a, b) in zip(rules.transitions, rules.transitions.dropFirst()) {
            try demand(a.at < b.at, "two changes at \(b.at.milliseconds)")
        }
        let calendar = CivilCalendar(zone: rules)
        for year in [1900, 1969, 1970, 1999, 2026, 2037, 2200] {
            guard var month = CivilMonth(year: year, month: 1) else { throw Violation(description: "no \(year)-01") }
            for _ in 1...12 {
                let interval = calendar.interval(of: month)
                try demand(interval.start < interval.end, "\(month) has no time")
                try demand(calendar.month(containing: interval.start) == month, "\(month) begins in another month")
                try demand(calendar.month(containing: interval.end - 1) == month, "\(month) ends in another month")
                month = month.next
            }
        }
    }
}
