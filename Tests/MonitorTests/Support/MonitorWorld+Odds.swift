extension MonitorWorld {
    /// What a history is rich in: each number says that a thing happens once in so many times.
    struct Odds {
        var record: Int64 = 8
        var longPause: Int64 = 12
        var clockStep: Int64 = 20
        var change: Int64 = 4
        var late: Int64 = 15
        var silence: Int64 = 6
        /// That the monitor's own network dies, or lives again.
        var blindness: Int64 = 6
        /// That somebody records something of an incident while a turn is decided.
        var quick: Int64 = 6
        /// That a turn goes wrong.
        var fault: Int64 = 3
        /// That one that goes well is held against a monitor that begins then.
        var restart: Int64 = 3

        /// A bit of everything; long outages and pauses; a clock that steps, and late samples; people at work; nothing
        /// of the monitor's own goes wrong, and a restart at every point is asked what it would say.
        static let all = [
            Odds(), Odds(longPause: 3, change: 8), Odds(clockStep: 3, late: 3), Odds(record: 2, longPause: 6),
            Odds(blindness: .max, fault: .max, restart: 1),
            Odds(clockStep: 6, late: 6, blindness: .max, fault: .max, restart: 1),
        ]
    }
}
