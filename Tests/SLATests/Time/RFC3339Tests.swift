import SLA
import SLAOracle
import Testing

@Suite struct RFC3339Tests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59.999Z", -1),
            ("2026-10-01T07:00:00.250+07:00", 1_790_812_800_250),
            ("2026-10-01T00:00:00.25Z", 1_790_812_800_250),
            ("2026-10-01t00:00:00.250000z", 1_790_812_800_250),
            ("2026-10-01 00:00:00.2Z", 1_790_812_800_200),
            ("2026-09-30T20:30:00-03:30", 1_790_812_800_000),
            ("2026-10-01T00:00:00-00:00", 1_790_812_800_000),
            ("2026-10-01T23:59:00+23:59", 1_790_812_800_000),
            ("2024-02-29T00:00:00Z", 1_709_164_800_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
            // What is finer than a millisecond is cut; a leap second is the last millisecond before it.
            ("2026-10-01T00:00:00.0005Z", 1_790_812_800_000), ("2026-10-01T00:00:00.999999999Z", 1_790_812_800_999),
            ("2016-12-31T23:59:60Z", 1_483_228_799_999), ("2017-01-01T06:59:60.5+07:00", 1_483_228_799_999),
        ] as [(String, Int64)])
    func reads(text: String, milliseconds: Int64) {
        #expect(RFC3339.instant(text) == t(milliseconds))
    }

    @Test(arguments: [
        "", "Z", "2026-10-01", "2026-10-01T00:00:00", "2026-10-01T00:00Z", "2026-10-01T00:00:00.Z",
        "2026-10-01T00:00:00.250", "2026-10-01T24:00:00Z", "2026-10-01T00:60:00Z",
        "2026-12-31T22:59:60Z", "2026-12-31T23:59:61Z", "2026-12-31T23:59:60+07:00",
        "2026-02-29T00:00:00Z", "2026-00-01T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-10-00T00:00:00Z", "2026-10-32T00:00:00Z", "0000-01-01T00:00:00Z", "2026-10-01T00:00:00+7:00",
        "2026-10-01T00:00:00+0700", "2026-10-01T00:00:00+24:00", "2026-10-01T00:00:00+07:60",
        "2026-10-01T00:00:00+07", "2026-10-01T00:00:00Zx", "2026-10-01T00:00:00Z ", " 2026-10-01T00:00:00Z",
        "2026-10-01T00:00:00+07:00Z", "2026-10-01X00:00:00Z", "2026/10/01T00:00:00Z", "2026-10-01T00.00.00Z",
        "20261001T000000Z", "2026-10-01T00:00:00,250Z", "+026-10-01T00:00:00Z", "2026-10-01T-1:00:00Z",
        "２０２６-10-01T00:00:00Z", "2026-10-01T00:00:00\u{2212}07:00",
    ])
    func rejects(text: String) {
        #expect(RFC3339.instant(text) == nil)
    }

    /// What is written is read back as the same instant, in every zone and on both sides of its changes.
    @Test(arguments: ZoneTable.all)
    func roundTrip(zone: ZoneTable) {
        var generator = SplitMix64(seed: 3)
        var instants = zone.changes.flatMap { change in [-3_600_001, -1, 0, 1, 3_600_000].map { change.at * 1000 + $0 }
        }
        for _ in 0..<500 {
            instants.append(generator.number(-2_208_988_800_000...7_258_118_400_000))
            instants.append(generator.number(-2_208_988_800...7_258_118_400) * 1000)
        }
        for milliseconds in instants {
            let text = RFC3339.text(t(milliseconds), in: zone.rules)
            if RFC3339.instant(text) != t(milliseconds) { Issue.record("\(milliseconds) is written \(text)") }
        }
    }

    @Test func showsTheZonesClock() {
        let hanoi = ZoneTable.hoChiMinh.rules
        #expect(RFC3339.text(t(1_790_787_600_000), in: hanoi) == "2026-10-01T00:00:00+07:00")
        #expect(RFC3339.text(t(1_790_787_600_050), in: hanoi) == "2026-10-01T00:00:00.050+07:00")
        #expect(RFC3339.text(t(-1), in: .utc) == "1969-12-31T23:59:59.999Z")
        // The hour that happens twice is told apart by its offset.
        let berlin = ZoneTable.berlin.rules
        #expect(RFC3339.text(t(1_792_888_200_000), in: berlin) == "2026-10-25T02:30:00+02:00")
        #expect(RFC3339.text(t(1_792_891_800_000), in: berlin) == "2026-10-25T02:30:00+01:00")
        #expect(RFC3339.text(t(1_257_042_660_000), in: ZoneTable.stJohns.rules) == "2009-10-31T23:01:00-03:30")
    }
}
