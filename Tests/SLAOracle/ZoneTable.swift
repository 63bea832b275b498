import SLA

/// A zone's clock changes and some of its month boundaries, copied from tzdata 2025b in seconds since the epoch.
/// The boundaries were found by asking Python's `zoneinfo`, minute by minute, what the clocks show: no code of
/// ours takes part in them.
package struct ZoneTable: Sendable, CustomStringConvertible {
    package let name: String
    package let initialOffset: Int64
    package let changes: [Change]
    package let months: [Month]
    /// The same table as the contract reads it.
    package let rules: TimeZoneRules

    /// From `at` on, clocks show UTC + `offset` seconds.
    package struct Change: Sendable {
        package let at: Int64
        package let offset: Int64

        package init(at: Int64, offset: Int64) {
            self.at = at
            self.offset = offset
        }
    }

    /// A month from its first instant to the first of the next.
    package struct Month: Sendable {
        package let text: String
        package let start: Int64
        package let end: Int64
    }

    package init(
        _ name: String, _ initialOffset: Int64, _ changes: [(Int64, Int64)], _ months: [(String, Int64, Int64)]
    ) {
        self.name = name
        self.initialOffset = initialOffset
        self.changes = changes.map { Change(at: $0.0, offset: $0.1) }
        self.months = months.map { Month(text: $0.0, start: $0.1, end: $0.2) }
        rules = TimeZoneRules(
            name: name, initialOffset: initialOffset * 1000,
            transitions: changes.map { TimeZoneRules.Transition(at: t($0.0 * 1000), offset: $0.1 * 1000) })
    }

    package var description: String { name }

    /// The month called `text`, as 2026-10, or the months, as 2026-09..2026-10, both included; nil where the table has not
    /// the first or the last.
    package func month(called text: String) -> Month? {
        let names = text.split(separator: "..").map(String.init)
        guard let first = months.first(where: { $0.text == names.first }),
            let last = months.first(where: { $0.text == names.last })
        else { return nil }
        return Month(text: text, start: first.start, end: last.end)
    }

    /// The beginnings of months inside `months`, as far as the table has them.
    package func monthStarts(inside months: Month) -> [Int64] {
        Set(self.months.flatMap { [$0.start, $0.end] }).filter { months.start < $0 && $0 < months.end }.sorted()
    }

    /// Times of several months, each with its zone.
    package static let spans: [(zone: ZoneTable, months: Month)] = [
        (hoChiMinh, "2026-09..2026-10"), (hoChiMinh, "2026-12..2027-01"), (hoChiMinh, "2026-10..2026-12"),
    ].compactMap { zone, text in zone.month(called: text).map { (zone, $0) } }

    /// What clocks show at `seconds`, counted as if it were UTC: the latest change that is not later decides.
    package func wallClock(at seconds: Int64) -> Int64 {
        var offset = initialOffset
        for change in changes where change.at <= seconds { offset = change.offset }
        return seconds + offset
    }

    package static let utc = ZoneTable(
        "UTC", 0, [], [("1970-01", 0, 2_678_400), ("2024-02", 1_706_745_600, 1_709_251_200)])

    package static let hoChiMinh = ZoneTable(
        "Asia/Ho_Chi_Minh", 25_200, [],
        [
            ("2026-10", 1_790_787_600, 1_793_466_000), ("2026-09", 1_788_195_600, 1_790_787_600),
            ("2026-12", 1_796_058_000, 1_798_736_400), ("2027-01", 1_798_736_400, 1_801_414_800),
            ("2028-02", 1_832_950_800, 1_835_456_400),
        ])

    package static let berlin = ZoneTable(
        "Europe/Berlin", 3600, [(1_774_746_000, 7200), (1_792_890_000, 3600)],
        [("2026-03", 1_772_319_600, 1_774_994_400), ("2026-10", 1_790_805_600, 1_793_487_600)])

    /// Clocks go back on November 1st itself.
    package static let newYork = ZoneTable(
        "America/New_York", -18_000, [(1_772_953_200, -14_400), (1_793_512_800, -18_000)],
        [("2026-03", 1_772_341_200, 1_775_016_000), ("2026-11", 1_793_505_600, 1_796_101_200)])

    /// The change is of half an hour.
    package static let lordHowe = ZoneTable(
        "Australia/Lord_Howe", 39_600, [(1_775_314_800, 37_800), (1_791_041_400, 39_600)],
        [("2026-04", 1_774_962_000, 1_777_555_800), ("2026-10", 1_790_775_000, 1_793_451_600)])

    /// Midnight of 2018-11-04 is skipped; on 2019-02-17 clocks go back at midnight to 23:00 of the day before.
    package static let saoPaulo = ZoneTable(
        "America/Sao_Paulo", -7200,
        [(1_518_919_200, -10_800), (1_541_300_400, -7200), (1_550_368_800, -10_800)],
        [("2018-11", 1_541_041_200, 1_543_629_600), ("2019-02", 1_548_986_400, 1_551_409_200)])

    /// Midnight of 2022-03-27 is skipped.
    package static let beirut = ZoneTable(
        "Asia/Beirut", 7200, [(1_648_332_000, 10_800), (1_667_077_200, 7200)],
        [("2022-03", 1_646_085_600, 1_648_760_400), ("2022-10", 1_664_571_600, 1_667_253_600)])

    /// Midnight of the 1st happens twice: at 01:00 on 2015-11-01 clocks go back to 00:00.
    package static let havana = ZoneTable(
        "America/Havana", -18_000, [(1_425_790_800, -14_400), (1_446_354_000, -18_000)],
        [("2015-11", 1_446_350_400, 1_448_946_000)])

    /// Midnight of the 1st happens twice, and between the two clocks show October again: at 00:01 on
    /// 2009-11-01 they go back to 23:01.
    package static let stJohns = ZoneTable(
        "America/St_Johns", -12_600, [(1_236_483_060, -9000), (1_257_042_660, -12_600)],
        [("2009-11", 1_257_042_600, 1_259_638_200)])

    /// Midnight of the 1st is skipped.
    package static let asuncion = ZoneTable(
        "America/Asuncion", -10_800, [(1_490_497_200, -14_400), (1_506_830_400, -10_800)],
        [("2017-10", 1_506_830_400, 1_509_505_200)])

    /// Midnight of the 1st is skipped.
    package static let amman = ZoneTable(
        "Asia/Amman", 7200, [(1_459_461_600, 10_800), (1_477_605_600, 7200)],
        [("2016-04", 1_459_461_600, 1_462_050_000)])

    /// The whole of 2011-12-30 is skipped.
    package static let apia = ZoneTable(
        "Pacific/Apia", -36_000,
        [(1_301_752_800, -39_600), (1_316_872_800, -36_000), (1_325_239_200, 50_400)],
        [("2011-12", 1_322_733_600, 1_325_325_600)])

    package static let all: [ZoneTable] = [
        utc, hoChiMinh, berlin, newYork, lordHowe, saoPaulo, beirut, havana, stJohns, asuncion, amman, apia,
    ]
}
